//! A CSV file, cut into blocks of whole records.

use std::io::{self, ErrorKind, Read};

/// So many bytes are read for a block. Only a record that is longer makes it larger.
const BLOCK: usize = 1 << 16;

/// A CSV file of which threads take one block after the other.
pub(super) struct Source<R> {
    input: R,
    /// What was read behind the last whole record.
    rest: Vec<u8>,
    /// Blocks given so far.
    blocks: u64,
    ended: bool,
    /// Why reading stopped before the end.
    pub(super) failed: Option<io::Error>,
}

impl<R: Read> Source<R> {
    pub(super) fn new(input: R) -> Source<R> {
        Source { input, rest: Vec::new(), blocks: 0, ended: false, failed: None }
    }

    /// Blocks given so far: the number of the next one.
    pub(super) fn blocks(&self) -> u64 {
        self.blocks
    }

    /// Puts bytes back before those that come next.
    pub(super) fn put_back(&mut self, bytes: &[u8]) {
        self.rest.splice(..0, bytes.iter().copied());
    }

    /// Fills `text` with whole records, and gives the number of the block and its length. `None` at the end of the file.
    pub(super) fn cut(&mut self, text: &mut Vec<u8>) -> Option<(u64, usize)> {
        let mut filled = self.rest.len();
        let mut end = 0;
        while end == 0 {
            // What stands in a block that is used again need not be blanked. A long record doubles it each time.
            text.resize(text.len().max(filled + filled.max(BLOCK)), 0);
            if !self.rest.is_empty() {
                text[..filled].copy_from_slice(&self.rest);
                self.rest.clear();
            }
            filled += self.read(&mut text[filled..]);
            if filled == 0 {
                return None;
            }
            end = if self.ended && self.failed.is_none() { filled } else { whole_records(&text[..filled]) };
            if self.ended && end == 0 {
                return None;
            }
        }
        self.rest.extend_from_slice(&text[end..filled]);
        self.blocks += 1;
        Some((self.blocks - 1, end))
    }

    /// Reads until the buffer is full or the file ends.
    fn read(&mut self, buffer: &mut [u8]) -> usize {
        let mut read = 0;
        while read < buffer.len() && !self.ended {
            match self.input.read(&mut buffer[read..]) {
                Ok(0) => self.ended = true,
                Ok(more) => read += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => (self.ended, self.failed) = (true, Some(error)),
            }
        }
        read
    }
}

/// Where in a cell a byte stands.
enum Place {
    Before,
    Plain,
    Quoted,
    BehindQuote,
}

/// The length of the whole records at the start of a text.
fn whole_records(text: &[u8]) -> usize {
    if !text.contains(&b'"') {
        return text.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
    }
    let (mut place, mut end) = (Place::Before, 0);
    for (at, byte) in text.iter().enumerate() {
        place = match (place, byte) {
            (Place::Quoted, b'"') => Place::BehindQuote,
            (Place::Quoted, _) | (Place::Before | Place::BehindQuote, b'"') => Place::Quoted,
            (_, b',') => Place::Before,
            (_, b'\n' | b'\r') => {
                end = at + 1;
                Place::Before
            }
            _ => Place::Plain,
        };
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_ends_with_a_record() {
        assert_eq!(whole_records(b"a,b\nc"), 4);
        assert_eq!(whole_records(b"a,b"), 0);
        assert_eq!(whole_records(b"a,\"b\nc\"\nd\"\n\"e\n"), 11);
        assert_eq!(whole_records(b"\"a\"\"\n\"\n\"b\"c\nd"), 12);
    }

    #[test]
    fn blocks_are_the_file_however_long_a_record_is() {
        let long = format!("\"{}\"\n", "x\n".repeat(BLOCK));
        let text = ["a,b\n".repeat(BLOCK / 2), long, "c,d\n".repeat(10), "e,f".to_owned()].concat();
        let mut source = Source::new(text.as_bytes());
        let (mut block, mut blocks) = (Vec::new(), Vec::new());
        while let Some((number, end)) = source.cut(&mut block) {
            assert_eq!(number, u64::try_from(blocks.len()).expect("few"));
            blocks.push(String::from_utf8(block[..end].to_vec()).expect("text"));
        }
        assert_eq!(blocks.concat(), text);
        assert!(blocks.iter().rev().skip(1).all(|block| block.ends_with('\n')));
    }
}
