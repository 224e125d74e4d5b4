//! The zip archive that an Office Open XML file is, unpacked within bounds.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::{ReadError, decode, xml};

/// Entries that a file may have.
const MAX_ENTRIES: usize = 20_000;
/// Bytes that the parts that we read of a file may have together, unpacked.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// How the container of old and of encrypted Office files begins ([MS-CFB], section 2.2).
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// Name of the stream with the encrypted file ([MS-OFFCRYPTO], section 2.3.4.4).
const ENCRYPTED: &str = "EncryptedPackage";

/// An opened file.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens a file and reads the list of its entries.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        if bytes.starts_with(&COMPOUND) {
            return Err(compound(bytes));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::damaged(error.to_string()))?;
        if archive.len() > MAX_ENTRIES {
            return Err(ReadError::damaged("it has too many parts"));
        }
        Ok(Self { archive, left: MAX_UNPACKED })
    }

    /// How many entries lie below a folder.
    pub(crate) fn count(&self, folder: &str) -> usize {
        self.archive.file_names_raw().filter(|name| name.starts_with(folder.as_bytes())).count()
    }

    /// The text of a part, if there is one of that name.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.unpack(index, |entry| entry.read_to_end(&mut bytes))?;
        decode::text(&bytes).map(Some).map_err(|_| ReadError::damaged(format!("`{name}` is not text")))
    }

    /// A part as a tree, if there is one of that name.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<xml::Element>, ReadError> {
        self.text(name)?.map(|text| xml::parse(&text)).transpose()
    }

    /// Unpacks all parts with text to nowhere, so that a library that unpacks without bounds can do so.
    pub(crate) fn measure(&mut self) -> Result<(), ReadError> {
        for index in 0..self.archive.len() {
            let name =
                self.archive.by_index_raw(index).map(|entry| entry.name_raw().to_ascii_lowercase()).unwrap_or_default();
            if name.ends_with(b".xml") || name.ends_with(b".rels") || name.ends_with(b".bin") {
                self.unpack(index, |entry| std::io::copy(entry, &mut std::io::sink()).map(|_| 0))?;
            }
        }
        Ok(())
    }

    fn unpack(
        &mut self,
        index: usize,
        read: impl FnOnce(&mut dyn Read) -> std::io::Result<usize>,
    ) -> Result<(), ReadError> {
        let entry = self.archive.by_index(index).map_err(|error| ReadError::damaged(error.to_string()))?;
        let mut bounded = entry.take(self.left + 1);
        read(&mut bounded).map_err(|error| ReadError::damaged(error.to_string()))?;
        self.left =
            bounded.limit().checked_sub(1).ok_or_else(|| ReadError::damaged("it is too large when unpacked"))?;
        Ok(())
    }

    /// The part that holds the document's text.
    pub(crate) fn main_part(&mut self) -> Result<String, ReadError> {
        let mut roots = self.related("")?;
        roots.remove("officeDocument").ok_or_else(|| ReadError::damaged("it has no main part"))
    }

    /// Names of the parts that a part points to, by the last word of the relationship's type. Of several of one type the
    /// first counts.
    pub(crate) fn related(&mut self, part: &str) -> Result<BTreeMap<String, String>, ReadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Some(list) = self.xml(&format!("{folder}_rels/{name}.rels"))? else { return Ok(BTreeMap::new()) };
        let mut parts = BTreeMap::new();
        for relationship in list.elements().filter(|element| element.attribute("TargetMode") != Some("External")) {
            let (Some(kind), Some(target)) = (relationship.attribute("Type"), relationship.attribute("Target")) else {
                continue;
            };
            let kind = kind.rsplit('/').next().unwrap_or(kind).to_owned();
            let target = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
            parts.entry(kind).or_insert(target);
        }
        Ok(parts)
    }
}

fn compound(bytes: &[u8]) -> ReadError {
    let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        ReadError::Encrypted
    } else {
        ReadError::damaged("it is a file of an older Office under a new name")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(entries: &[(&str, usize)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, length) in entries {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(&b"a".repeat(*length)).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn unpacks_no_more_than_its_bound_whatever_the_entries_say() {
        let bytes = archive(&[("a.xml", 900), ("b.xml", 100), ("c.png", 5_000)]);
        for (left, fits) in [(1_000, true), (999, false)] {
            let mut package = Package::open(&bytes).unwrap();
            package.left = left;
            assert_eq!(package.measure().is_ok(), fits, "{left}");
        }
    }

    #[test]
    fn parts_that_are_read_share_one_bound() {
        let bytes = archive(&[("a.xml", 600), ("b.xml", 600)]);
        let mut package = Package::open(&bytes).unwrap();
        package.left = 1_000;
        assert_eq!(package.text("a.xml").unwrap().map(|text| text.len()), Some(600));
        assert_eq!(package.text("b.xml"), Err(ReadError::damaged("it is too large when unpacked")));
    }
}
