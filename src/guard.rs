//! What keeps patients' data out: rules over the names of columns and files and over text.
//!
//! The rules are pure and hold no text. [`name`] screens a column by its name, [`text`] a cell, [`Column`] a column
//! by what all its cells have in common, [`file_name`] the name of a file or sheet. [`mask`] shortens numbers of
//! accounts and cards where those may be; [`redact`] makes a sample that says nothing.
//!
//! A guard by rules is a net, not a proof: what no rule knows passes. So layouts read only the columns they name.

mod column;
mod file_name;
mod mask;
mod name;
mod redact;
mod value;
mod vocabulary;

pub use self::column::{Column, Hit, is_serial};
pub use self::file_name::{FileName, file_name};
pub use self::mask::mask;
pub use self::name::{name, number};
pub use self::redact::redact;
pub use self::value::{may_show, text};

/// The longest note that is kept, in characters: a note that goes on describes someone.
pub const LONGEST_NOTE: usize = 120;

/// What a file is about: what is a patient's in one is the owner's in another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Scope {
    /// Work done, chart by chart or day by day. All rules.
    Work,
    /// Time spent, from a tracker. As [`Scope::Work`], but the columns about the tracker's own user are no patient's.
    Time,
    /// Money: statements, payments, expenses. Accounts, addresses and names of others belong there.
    Money,
}

/// The identifiers of 45 CFR 164.514(b)(2)(i), in its order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Identifier {
    /// (A) Names.
    Name,
    /// (B) Places smaller than a state.
    Place,
    /// (C) Dates about a person, and ages over 89.
    Date,
    /// (D) Telephone numbers.
    Phone,
    /// (E) Fax numbers.
    Fax,
    /// (F) E-mail addresses.
    Email,
    /// (G) Social security numbers.
    SocialSecurity,
    /// (H) Medical record numbers.
    MedicalRecord,
    /// (I) Health plan beneficiary numbers.
    HealthPlan,
    /// (J) Account numbers; those of encounters, visits and claims are of this kind.
    Account,
    /// (K) Certificate and licence numbers.
    Licence,
    /// (L) Vehicles.
    Vehicle,
    /// (M) Devices.
    Device,
    /// (N) Web addresses.
    Url,
    /// (O) Internet addresses.
    Ip,
    /// (P) Fingerprints, voices and the like.
    Biometric,
    /// (Q) Photographs of faces.
    Photo,
    /// (R) Anything else that is one person's.
    Other,
}

impl Identifier {
    /// All of them, A to R.
    pub const ALL: [Identifier; 18] = [
        Identifier::Name,
        Identifier::Place,
        Identifier::Date,
        Identifier::Phone,
        Identifier::Fax,
        Identifier::Email,
        Identifier::SocialSecurity,
        Identifier::MedicalRecord,
        Identifier::HealthPlan,
        Identifier::Account,
        Identifier::Licence,
        Identifier::Vehicle,
        Identifier::Device,
        Identifier::Url,
        Identifier::Ip,
        Identifier::Biometric,
        Identifier::Photo,
        Identifier::Other,
    ];

    /// Its letter in the rule, A to R.
    pub fn letter(self) -> char {
        let place = Identifier::ALL.iter().position(|known| *known == self).unwrap_or(0);
        char::from(b"ABCDEFGHIJKLMNOPQR"[place])
    }

    /// What it is, in words that follow "a column of".
    pub const fn words(self) -> &'static str {
        match self {
            Identifier::Name => "names",
            Identifier::Place => "addresses",
            Identifier::Date => "a patient's dates or ages",
            Identifier::Phone => "telephone numbers",
            Identifier::Fax => "fax numbers",
            Identifier::Email => "e-mail addresses",
            Identifier::SocialSecurity => "social security numbers",
            Identifier::MedicalRecord => "medical record numbers",
            Identifier::HealthPlan => "health plan numbers",
            Identifier::Account => "account, encounter or claim numbers",
            Identifier::Licence => "licence numbers",
            Identifier::Vehicle => "vehicle numbers",
            Identifier::Device => "device numbers",
            Identifier::Url => "web addresses",
            Identifier::Ip => "internet addresses",
            Identifier::Biometric => "biometric data",
            Identifier::Photo => "photographs",
            Identifier::Other => "other identifiers of a person",
        }
    }
}

/// Why a cell looks like patient data.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// 000-00-0000.
    SocialSecurity,
    /// A Medicare beneficiary identifier, by the pattern of CMS.
    Medicare,
    /// A card number: its check digit holds.
    Card,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// LAST, FIRST.
    Name,
    /// A street with its number.
    Street,
    /// A day long before the work.
    OldDate,
    /// An age over 89.
    Age,
    /// A number behind a word that announces it.
    Announced(Identifier),
    /// A web address.
    Url,
    /// An internet address.
    Ip,
    /// The name of a picture or document.
    Attachment,
    /// More than 80 characters.
    LongText,
    /// Numbers of 6 to 10 digits, another in nearly every row: a rule of columns.
    Serial,
}

impl Rule {
    /// The identifier it points to.
    pub const fn identifier(self) -> Identifier {
        match self {
            Rule::SocialSecurity => Identifier::SocialSecurity,
            Rule::Medicare => Identifier::HealthPlan,
            Rule::Card => Identifier::Account,
            Rule::Phone => Identifier::Phone,
            Rule::Email => Identifier::Email,
            Rule::Name => Identifier::Name,
            Rule::Street => Identifier::Place,
            Rule::OldDate | Rule::Age => Identifier::Date,
            Rule::Announced(identifier) => identifier,
            Rule::Url => Identifier::Url,
            Rule::Ip => Identifier::Ip,
            Rule::Attachment => Identifier::Photo,
            Rule::LongText | Rule::Serial => Identifier::Other,
        }
    }

    /// What a cell holds that it hits, in words that follow "looks like".
    pub const fn words(self) -> &'static str {
        match self {
            Rule::SocialSecurity | Rule::Announced(Identifier::SocialSecurity) => "a social security number",
            Rule::Medicare => "a Medicare number",
            Rule::Card => "a card number",
            Rule::Phone | Rule::Announced(Identifier::Phone) => "a telephone number",
            Rule::Email => "an e-mail address",
            Rule::Name => "a person's name (LAST, FIRST)",
            Rule::Street => "an address",
            Rule::OldDate => "a date long before the work",
            Rule::Age => "an age over 89",
            Rule::Announced(Identifier::Name) => "a patient's number",
            Rule::Announced(Identifier::Date) => "a date of birth",
            Rule::Announced(Identifier::Fax) => "a fax number",
            Rule::Announced(Identifier::MedicalRecord) => "a medical record number",
            Rule::Announced(Identifier::HealthPlan) => "a health plan number",
            Rule::Announced(Identifier::Account) => "an account, encounter or claim number",
            Rule::Announced(Identifier::Licence) => "a licence number",
            Rule::Announced(Identifier::Vehicle) => "a vehicle number",
            Rule::Announced(Identifier::Device) => "a device number",
            Rule::Announced(_) => "a room, bed, order or other identifying number",
            Rule::Url => "a web address",
            Rule::Ip => "an internet address",
            Rule::Attachment => "the name of a picture or document",
            Rule::LongText => "a note: more than 80 characters",
            Rule::Serial => "identifiers: 6 to 10 digits, another in nearly every row",
        }
    }

    /// Whether [`mask`] takes it out of the text of a statement, so that the row need not be refused.
    pub const fn is_masked(self) -> bool {
        matches!(self, Rule::SocialSecurity | Rule::Medicare | Rule::Card | Rule::Phone | Rule::Email)
    }
}

#[cfg(test)]
mod tests;
