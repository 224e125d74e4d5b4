//! What is read, in short.

use captions::{Read, Reader};

/// A line for each: `key @time speaker: text`, `~` before the text where it is not final; `! …` for a problem.
pub(crate) fn show(reads: &[Read]) -> Vec<String> {
    reads.iter().map(one).collect()
}

fn one(read: &Read) -> String {
    match read {
        Read::Problem(problem) => format!("! {problem}"),
        Read::Caption(caption) => {
            let key = caption.key.as_ref().map(|key| format!("#{key} "));
            let at = caption.at.map(|at| format!("@{at} "));
            let speaker = caption.speaker.as_ref().map(|name| format!("{name}: "));
            let open = if caption.is_final { "" } else { "~" };
            let [key, at, speaker] = [key, at, speaker].map(Option::unwrap_or_default);
            format!("{key}{at}{speaker}{open}{}", caption.text)
        }
    }
}

/// Everything that is read of bytes in pieces of this size.
pub(crate) fn read_in(mut reader: Reader, bytes: &[u8], step: usize) -> Vec<Read> {
    let mut reads: Vec<Read> = bytes.chunks(step.max(1)).flat_map(|piece| reader.feed(piece)).collect();
    reads.extend(reader.finish());
    reads
}

/// Everything that is read of a text, the same in whatever pieces.
pub(crate) fn read(text: impl AsRef<[u8]>) -> Vec<String> {
    let bytes = text.as_ref();
    let reads = read_in(Reader::new(), bytes, bytes.len());
    for step in [1, 2, 7] {
        assert_eq!(read_in(Reader::new(), bytes, step), reads, "in steps of {step}");
    }
    show(&reads)
}
