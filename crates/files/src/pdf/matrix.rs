//! Coordinates (ISO 32000-1, section 8.3).

use lopdf::Object;

/// A transformation: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    e: f64,
    f: f64,
}

impl Matrix {
    pub(super) const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    pub(super) fn translation(x: f64, y: f64) -> Self {
        Self { e: x, f: y, ..Self::IDENTITY }
    }

    /// Of six numbers.
    #[allow(clippy::many_single_char_names, reason = "the standard names them so")]
    pub(super) fn of(operands: &[Object]) -> Option<Self> {
        let numbers: Vec<f64> = operands.iter().filter_map(|operand| operand.as_float().ok().map(f64::from)).collect();
        match numbers.as_slice() {
            &[a, b, c, d, e, f] => Some(Self { a, b, c, d, e, f }),
            _ => None,
        }
    }

    /// First this, then the other.
    pub(super) fn then(self, next: Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// Where the origin comes to lie, in a frame that is turned so that text runs along x.
    pub(super) fn place(self) -> (f64, f64) {
        let length = self.a.hypot(self.b);
        if length == 0.0 {
            return (self.e, self.f);
        }
        let (cosine, sine) = (self.a / length, self.b / length);
        (self.e * cosine + self.f * sine, self.f * cosine - self.e * sine)
    }

    /// By how much lengths grow along and across the text.
    pub(super) fn scales(self) -> (f64, f64) {
        (self.a.hypot(self.b), self.c.hypot(self.d))
    }
}
