//! What rows are compared by: 64 bits of a BLAKE3 digest of all that makes two rows the same.
//!
//! The numbers stand in the book, so how they come about never changes: a new way needs a migration. A row is compared
//! only with rows of its own day. In a book of a million rows over three years a file of as many rows makes 10⁹ pairs, of
//! which one in 2⁶⁴ is mistaken: a chance of 5 in 10¹¹ that any row is left out.

use chrono::NaiveDate;

use super::entry::ChartsRow;

/// A row as bytes. Every part ends by itself, so that no two rows make the same bytes.
#[derive(Debug, Default)]
pub(super) struct Mark(Vec<u8>);

impl Mark {
    /// Begins another row.
    pub(super) fn begin(&mut self) -> &mut Mark {
        self.0.clear();
        self
    }

    /// A number: seven bits a byte, the sign last.
    pub(super) fn number(&mut self, value: i64) -> &mut Mark {
        let mut bits = (value.cast_unsigned() << 1) ^ (value >> 63).cast_unsigned();
        while bits >= 0x80 {
            self.0.push(bits.to_le_bytes()[0] | 0x80);
            bits >>= 7;
        }
        self.0.push(bits.to_le_bytes()[0]);
        self
    }

    /// A number that may be missing.
    pub(super) fn maybe(&mut self, value: Option<i64>) -> &mut Mark {
        match value {
            None => self.0.push(0),
            Some(value) => {
                self.0.push(1);
                self.number(value);
            }
        }
        self
    }

    pub(super) fn day(&mut self, day: NaiveDate) -> &mut Mark {
        self.number(i64::from(day.to_epoch_days()))
    }

    /// Text as it stands. No UTF-8 holds the byte that ends it.
    pub(super) fn text(&mut self, text: &str) -> &mut Mark {
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(0xff);
        self
    }

    /// A name: capitals and runs of spaces do not count.
    pub(super) fn name(&mut self, name: &str) -> &mut Mark {
        let mut sign = [0; 4];
        for (place, word) in name.split_whitespace().enumerate() {
            if place > 0 {
                self.0.push(b' ');
            }
            for lower in word.chars().flat_map(char::to_lowercase) {
                self.0.extend_from_slice(lower.encode_utf8(&mut sign).as_bytes());
            }
        }
        self.0.push(0xff);
        self
    }

    /// What an earlier mark came to.
    pub(super) fn earlier(&mut self, value: i64) -> &mut Mark {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    /// The first 64 bits of the digest.
    pub(super) fn end(&self) -> i64 {
        let mut first = [0; 8];
        first.copy_from_slice(&blake3::hash(&self.0).as_bytes()[..8]);
        i64::from_le_bytes(first)
    }

    /// What a name alone comes to.
    pub(super) fn of_name(&mut self, name: &str) -> i64 {
        self.begin().name(name).end()
    }

    /// A row of charts, given what its names come to.
    pub(super) fn of_charts(&mut self, row: &ChartsRow, payer: i64, chart_type: i64) -> i64 {
        self.begin().day(row.work_date).earlier(payer).earlier(chart_type);
        self.number(row.count).number(row.rejected).number(row.rate_millionths).number(row.amount.cents());
        self.maybe(row.minutes_tenths).maybe(row.accuracy_millionths);
        self.maybe(row.paid_on.map(|day| i64::from(day.to_epoch_days())));
        if let Some(surrogate) = &row.surrogate {
            self.0.extend_from_slice(surrogate);
        }
        self.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_never_changes() {
        let mut mark = Mark::default();
        assert_eq!(mark.of_name("  Mercy   HEALTH "), mark.of_name("mercy health"));
        assert_ne!(mark.of_name("mercy health"), mark.of_name("mercyhealth"));
        assert_eq!(
            mark.begin().number(-64).maybe(None).maybe(Some(300)).text("é").0,
            [127, 0, 1, 0xd8, 4, 0xc3, 0xa9, 0xff]
        );
        assert_eq!(mark.begin().text("perchart").number(i64::MIN).number(i64::MAX).end(), -8_334_422_245_416_862_046);
    }
}
