//! Columns by their names.

use super::{Identifier, Scope};

/// In which files a pattern counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    /// In all.
    All,
    /// Not in files of money.
    Records,
    /// In work logs only: elsewhere it is the owner's.
    Work,
}

impl In {
    fn covers(self, scope: Scope) -> bool {
        match self {
            In::All => true,
            In::Records => scope != Scope::Money,
            In::Work => scope == Scope::Work,
        }
    }
}

/// Words of the normalised name, one after the other. The first that fits decides.
const PATTERNS: [(Identifier, In, &[&str]); 31] = [
    (Identifier::Name, In::All, &["guarantor", "patient", "pt first", "pt id", "pt last", "pt name"]),
    (Identifier::Name, In::Work, &["first name", "last name", "middle name", "maiden name", "next of kin", "pt"]),
    (Identifier::Ip, In::Work, &["ip address", "ip addr"]),
    (Identifier::Email, In::Work, &["email", "e mail"]),
    (Identifier::Place, In::Work, &["address", "addr", "street", "zip", "zipcode", "postal", "postcode"]),
    (
        Identifier::Date,
        In::All,
        &["birth", "birthdate", "birthday", "dob", "date of service", "dos", "date of death", "death date", "dod"],
    ),
    (Identifier::Date, In::All, &["admit", "admission", "discharge", "service date", "age in years", "patient age"]),
    (Identifier::Phone, In::Work, &["phone", "telephone", "tel", "mobile", "cell no"]),
    (Identifier::Fax, In::Work, &["fax"]),
    (Identifier::SocialSecurity, In::All, &["ssn", "ss no", "social security", "social no"]),
    (Identifier::SocialSecurity, In::Records, &["social", "last 4", "last4"]),
    (
        Identifier::MedicalRecord,
        In::All,
        &["mrn", "mr no", "med rec", "med record", "medrec", "medical rec", "medical record", "empi"],
    ),
    (Identifier::MedicalRecord, In::Records, &["chart id", "chart no", "unit no"]),
    (
        Identifier::HealthPlan,
        In::All,
        &["hic", "hicn", "mbi", "medicaid id", "medicaid no", "medicare id", "medicare no", "subscriber"],
    ),
    (Identifier::HealthPlan, In::Work, &["beneficiary", "member id", "member no", "policy no", "policy id"]),
    (Identifier::Account, In::All, &["accession", "csn", "encounter", "har", "icn", "visit id", "visit no"]),
    (Identifier::Account, In::All, &["claim id", "claim no"]),
    (Identifier::Account, In::Records, &["fin"]),
    (Identifier::Account, In::Work, &["account id", "account no", "acct"]),
    (Identifier::Vehicle, In::Work, &["vin", "vehicle", "license plate", "plate no"]),
    (Identifier::Licence, In::Work, &["license", "licence", "license no", "npi", "dea no", "certificate no"]),
    (Identifier::Device, In::All, &["udi", "implant"]),
    (Identifier::Device, In::Work, &["device id", "device no", "device serial", "serial no", "serial"]),
    (Identifier::Url, In::Work, &["url", "portal", "portal link", "web address", "website"]),
    (Identifier::Biometric, In::All, &["biometric", "biometrics", "fingerprint", "voiceprint", "retina", "iris scan"]),
    (Identifier::Photo, In::All, &["face", "facial", "photograph"]),
    (Identifier::Photo, In::Work, &["photo", "picture", "image"]),
    (Identifier::Other, In::All, &["study uid", "study instance uid"]),
    (Identifier::Other, In::Work, &["bed", "room", "order id", "order no", "uid"]),
    (Identifier::Other, In::All, &["clinical note", "clinical notes", "public note", "op note", "progress note"]),
    (Identifier::Other, In::All, &["diagnosis text", "chief complaint"]),
];

/// Names that hold a word of a pattern and say nothing of a patient.
const HARMLESS: [&str; 8] = [
    "patient class",
    "patient type",
    "patient status",
    "patient count",
    "patient responsibility",
    "age in days",
    "social media",
    "pt count",
];

/// The identifier that a column holds by its name, in a file about `scope`.
///
/// ```
/// use perchart::guard::{Identifier, Scope, name};
///
/// assert_eq!(name("PatientMRN", Scope::Work), Some(Identifier::Name));
/// assert_eq!(name("Account Number", Scope::Work), Some(Identifier::Account));
/// assert_eq!(name("Account Number", Scope::Money), None);
/// assert_eq!(name("chart_type", Scope::Work), None);
/// ```
pub fn name(header: &str, scope: Scope) -> Option<Identifier> {
    let words = words(header);
    if words.is_empty() {
        return None;
    }
    let plain = words.join(" ");
    if HARMLESS.contains(&plain.as_str()) {
        return None;
    }
    let joined = format!(" {plain} ");
    // `accountnumber` is one word.
    let squeezed = words.concat().replace("number", "no");
    let matches = |pattern: &&str| joined.contains(&format!(" {pattern} ")) || squeezed == pattern.replace(' ', "");
    let found = PATTERNS.iter().filter(|(_, files, _)| files.covers(scope));
    let found = found.filter(|(.., patterns)| patterns.iter().any(matches)).map(|(identifier, ..)| *identifier).next();
    found.or_else(|| (scope == Scope::Work && plain == "age").then_some(Identifier::Date))
}

/// Words that say that a column of a patient holds no number.
const NO_NUMBERS: [&str; 38] = [
    "address",
    "admit",
    "age",
    "amount",
    "birth",
    "birthdate",
    "charges",
    "city",
    "class",
    "comment",
    "comments",
    "date",
    "day",
    "discharge",
    "dob",
    "dos",
    "email",
    "fax",
    "first",
    "initials",
    "last",
    "link",
    "location",
    "name",
    "note",
    "notes",
    "patients",
    "phone",
    "provider",
    "reason",
    "status",
    "street",
    "text",
    "time",
    "type",
    "url",
    "year",
    "zip",
];

/// Patterns of a patient's numbers that [`PATTERNS`] counts among names.
const PATIENTS_NUMBERS: [&str; 4] = ["patient id", "patient no", "pt id", "pt no"];

/// The kind of number that a column holds by its name, where it is one of a patient, a plan, an account, an encounter or
/// a claim: what tells rows of single charts apart. None for names, days and text about them.
///
/// ```
/// use perchart::guard::{Identifier, Scope, number};
///
/// assert_eq!(number("PatientMRN", Scope::Work), Some(Identifier::MedicalRecord));
/// assert_eq!(number("Encounter #", Scope::Work), Some(Identifier::Account));
/// assert_eq!(number("Encounter Date", Scope::Work), None);
/// assert_eq!(number("Patient Name", Scope::Work), None);
/// ```
pub fn number(header: &str, scope: Scope) -> Option<Identifier> {
    name(header, scope)?;
    let words = words(header);
    let is = |known: &str| words.iter().any(|word| word == known);
    if NO_NUMBERS.iter().any(|word| is(word)) {
        return None;
    }
    let joined = format!(" {} ", words.join(" "));
    let squeezed = words.concat().replace("number", "no");
    let matches = |pattern: &&str| joined.contains(&format!(" {pattern} ")) || squeezed == pattern.replace(' ', "");
    let kinds = [Identifier::MedicalRecord, Identifier::HealthPlan, Identifier::Account];
    let found = PATTERNS.iter().filter(|(identifier, files, _)| kinds.contains(identifier) && files.covers(scope));
    // Who subscribes or benefits may be a name.
    let person = |pattern: &&&str| matches!(**pattern, "subscriber" | "beneficiary") && !is("id") && !is("no");
    let found = found.filter(|(.., patterns)| patterns.iter().filter(|pattern| !person(pattern)).any(matches));
    let patients = PATIENTS_NUMBERS.iter().any(matches).then_some(Identifier::MedicalRecord);
    found.map(|(identifier, ..)| *identifier).next().or(patients)
}

/// The words of a name in lower case: `PatientName`, `patient-name` and `PATIENT NAME` are two words.
/// `#`, `num`, `nbr` and `number` become `no`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let signs: Vec<char> = name.chars().collect();
    for (index, &sign) in signs.iter().enumerate() {
        let (before, after) = (index.checked_sub(1).map(|at| signs[at]), signs.get(index + 1));
        let hump = sign.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase() || (before.is_uppercase() && after.is_some_and(|after| after.is_lowercase()))
            });
        if hump || !sign.is_alphanumeric() {
            words.push(String::new());
        }
        match (words.last_mut(), sign) {
            (Some(word), '#') => word.push_str("no"),
            (Some(word), sign) if sign.is_alphanumeric() => word.extend(sign.to_lowercase()),
            _ => {}
        }
        if sign == '#' {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    for word in &mut words {
        if matches!(word.as_str(), "num" | "nbr" | "number") {
            "no".clone_into(word);
        }
    }
    words
}
