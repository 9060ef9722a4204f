//! The currency that is written beside an amount.

/// A currency as it is written. A sign that several countries use stays a sign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) enum Currency {
    /// An ISO 4217 code.
    Code([u8; 3]),
    /// `$` alone: US dollars, or those of another country.
    Dollar,
    /// `kr`: Danish, Norwegian, Swedish or Icelandic.
    Krone,
    /// `¥`: yen or yuan.
    Yen,
}

/// The active codes of ISO 4217, in order.
const CODES: &str = "AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLPCNYCOPCRCCUPCVECZK\
DJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAK\
LBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDG\
SEKSGDSHPSLESOSSRDSSPSTNSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVEDVESVNDVUVWSTXAFXCDXOFXPFYERZARZMWZWG";

/// Signs and abbreviations; one that starts or ends with another stands before it.
const SIGNS: [(&str, Currency); 46] = [
    ("US$", code("USD")),
    ("CA$", code("CAD")),
    ("AU$", code("AUD")),
    ("NZ$", code("NZD")),
    ("HK$", code("HKD")),
    ("MX$", code("MXN")),
    ("NT$", code("TWD")),
    ("C$", code("CAD")),
    ("A$", code("AUD")),
    ("S$", code("SGD")),
    ("R$", code("BRL")),
    ("$", Currency::Dollar),
    ("€", code("EUR")),
    ("£", code("GBP")),
    ("¥", Currency::Yen),
    ("￥", Currency::Yen),
    ("円", code("JPY")),
    ("元", code("CNY")),
    ("SFr.", code("CHF")),
    ("Fr.", code("CHF")),
    ("kr.", Currency::Krone),
    ("kr", Currency::Krone),
    ("Kr.", Currency::Krone),
    ("Kr", Currency::Krone),
    ("zł", code("PLN")),
    ("Kč", code("CZK")),
    ("Ft", code("HUF")),
    ("лв.", code("BGN")),
    ("₹", code("INR")),
    ("₽", code("RUB")),
    ("₩", code("KRW")),
    ("₪", code("ILS")),
    ("₫", code("VND")),
    ("₺", code("TRY")),
    ("₴", code("UAH")),
    ("₦", code("NGN")),
    ("₱", code("PHP")),
    ("฿", code("THB")),
    ("د.إ.", code("AED")),
    ("د.إ", code("AED")),
    ("د.ا.", code("JOD")),
    ("د.ا", code("JOD")),
    ("د.ك.", code("KWD")),
    ("د.ك", code("KWD")),
    ("ر.س.", code("SAR")),
    ("ر.س", code("SAR")),
];

/// The codes whose sign is the dollar's.
const DOLLARS: [&[u8; 3]; 23] = [
    b"USD", b"CAD", b"AUD", b"NZD", b"HKD", b"SGD", b"MXN", b"TWD", b"ARS", b"CLP", b"COP", b"BSD", b"BBD", b"BMD",
    b"BND", b"BZD", b"FJD", b"GYD", b"JMD", b"KYD", b"LRD", b"TTD", b"XCD",
];

const fn code(text: &str) -> Currency {
    let bytes = text.as_bytes();
    Currency::Code([bytes[0], bytes[1], bytes[2]])
}

impl Currency {
    /// US dollars by their code.
    pub(in crate::import) const USD: Currency = code("USD");

    /// A currency by its code, such as the cell of a currency column: `USD`, `usd`.
    pub(in crate::import) fn by_code(text: &str) -> Option<Currency> {
        let Ok(mut found) = <[u8; 3]>::try_from(text.as_bytes()) else { return None };
        let one_case = found.iter().all(u8::is_ascii_uppercase) || found.iter().all(u8::is_ascii_lowercase);
        found.make_ascii_uppercase();
        let (codes, _) = CODES.as_bytes().as_chunks::<3>();
        (one_case && codes.binary_search(&found).is_ok()).then_some(Currency::Code(found))
    }

    /// The ISO code, where one is certain.
    pub(in crate::import) fn code(&self) -> Option<&str> {
        match self {
            Currency::Code(code) => std::str::from_utf8(code).ok(),
            Currency::Dollar | Currency::Krone | Currency::Yen => None,
        }
    }

    /// Whether an amount may be US dollars: their code or the bare sign.
    pub(in crate::import) fn may_be_usd(self) -> bool {
        matches!(self, Currency::Dollar | Currency::USD)
    }

    /// Whether the smallest unit is a thousandth.
    pub(super) fn has_thousandths(self) -> bool {
        let Currency::Code(code) = self else { return false };
        [b"BHD", b"IQD", b"JOD", b"KWD", b"LYD", b"OMR", b"TND"].contains(&&code)
    }

    /// What two writings beside one amount say together: `$5.00 CAD`. None if they differ.
    pub(super) fn join(self, other: Currency) -> Option<Currency> {
        let (sign, exact) = if matches!(self, Currency::Code(_)) { (other, self) } else { (self, other) };
        let Currency::Code(code) = exact else { return (sign == exact).then_some(exact) };
        let fits = match sign {
            Currency::Code(_) => sign == exact,
            Currency::Dollar => DOLLARS.contains(&&code),
            Currency::Krone => [b"DKK", b"NOK", b"SEK", b"ISK"].contains(&&code),
            Currency::Yen => [b"JPY", b"CNY"].contains(&&code),
        };
        fits.then_some(exact)
    }

    /// The currency at the start of a text and its length in bytes. A code may not run on into a word.
    pub(super) fn at_start(text: &str) -> Option<(Currency, usize)> {
        if let Some(found) = SIGNS.iter().find(|(sign, _)| text.starts_with(sign)) {
            return ends_word(&text[found.0.len()..], found.0).then_some((found.1, found.0.len()));
        }
        let found = Currency::by_code(text.get(..3)?)?;
        ends_word(&text[3..], "USD").then_some((found, 3))
    }

    /// The currency at the end of a text and its length in bytes.
    pub(super) fn at_end(text: &str) -> Option<(Currency, usize)> {
        let starts_word = |before: &str| !before.ends_with(char::is_alphabetic);
        if let Some(&(sign, found)) = SIGNS.iter().find(|(sign, _)| text.ends_with(sign)) {
            let before = &text[..text.len() - sign.len()];
            return (starts_word(before) || !sign.starts_with(char::is_alphabetic)).then_some((found, sign.len()));
        }
        let at = text.len().checked_sub(3)?;
        let found = Currency::by_code(text.get(at..)?)?;
        starts_word(&text[..at]).then_some((found, 3))
    }
}

/// Whether what follows a sign does not make a longer word of it.
fn ends_word(rest: &str, sign: &str) -> bool {
    !(sign.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order() {
        let (codes, rest) = CODES.as_bytes().as_chunks::<3>();
        assert!(codes.is_sorted() && rest.is_empty());
        assert_eq!(Currency::by_code("eur"), Some(code("EUR")));
        assert_eq!((Currency::by_code("Eur"), Currency::by_code("XXQ"), Currency::by_code("€")), (None, None, None));
        assert_eq!(Currency::USD.code(), Some("USD"));
        assert_eq!(Currency::Dollar.code(), None);
        assert!(Currency::Dollar.may_be_usd() && Currency::USD.may_be_usd() && !Currency::Krone.may_be_usd());
    }

    #[test]
    fn longer_signs_stand_before_shorter_ones() {
        for (at, (sign, _)) in SIGNS.iter().enumerate() {
            for (earlier, _) in &SIGNS[..at] {
                assert!(!sign.starts_with(earlier) && !sign.ends_with(earlier), "{sign} after {earlier}");
            }
        }
    }

    #[test]
    fn a_currency_stands_before_or_behind() {
        assert_eq!(Currency::at_start("US$5"), Some((Currency::USD, 3)));
        assert_eq!(Currency::at_start("EUR5"), Some((code("EUR"), 3)));
        assert_eq!(
            (Currency::at_start("EURO 5"), Currency::at_start("kry"), Currency::at_start("5")),
            (None, None, None)
        );
        assert_eq!(Currency::at_end("5 zł"), Some((code("PLN"), 3)));
        assert_eq!(Currency::at_end("5USD"), Some((Currency::USD, 3)));
        assert_eq!(Currency::at_end("5 XUSD"), None);
    }

    #[test]
    fn two_writings_agree_or_not() {
        assert_eq!(Currency::Dollar.join(code("CAD")), Some(code("CAD")));
        assert_eq!(code("SEK").join(Currency::Krone), Some(code("SEK")));
        assert_eq!(Currency::Dollar.join(Currency::Dollar), Some(Currency::Dollar));
        assert_eq!((Currency::Dollar.join(code("EUR")), Currency::Yen.join(Currency::Krone)), (None, None));
    }
}
