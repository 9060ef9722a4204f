//! Column names that look like patient data.
//!
//! Pay never needs them; the identifiers follow 45 CFR 164.514(b)(2). In cells, only what announces itself is found:
//! a social security number, or a word such as MRN or DOB beside a number.

use crate::book::entry::Kind;

/// Refused in every file: words of the normalised name, one after the other.
const ALWAYS: [&str; 52] = [
    "accession",
    "admission",
    "admit",
    "beneficiary",
    "birth",
    "birthdate",
    "birthday",
    "chart id",
    "chart no",
    "claim id",
    "claim no",
    "csn",
    "date of service",
    "discharge",
    "dob",
    "dos",
    "empi",
    "encounter",
    "fin",
    "first name",
    "guarantor",
    "har",
    "hic",
    "hicn",
    "icn",
    "last name",
    "mbi",
    "med rec",
    "med record",
    "medicaid id",
    "medical rec",
    "medical record",
    "medicare id",
    "medrec",
    "member id",
    "member no",
    "middle name",
    "mr no",
    "mrn",
    "patient",
    "pt first",
    "pt id",
    "pt last",
    "pt name",
    "service date",
    "social",
    "ss no",
    "ssn",
    "subscriber",
    "unit no",
    "visit id",
    "visit no",
];

/// Refused in charts files only: a bank or shop has accounts and addresses of its own.
const CHARTS: [&str; 11] =
    ["account id", "account no", "acct", "address", "bed", "e mail", "email", "fax", "phone", "room", "zip"];

/// Whether the name of a column looks like patient data in a file of this kind.
pub(super) fn looks_like_patient_data(name: &str, kind: Kind) -> bool {
    let words = words(name);
    let joined = format!(" {} ", words.join(" "));
    // `accountnumber` is one word.
    let squeezed = words.concat().replace("number", "no");
    let charts: &[&str] = if kind == Kind::Charts { &CHARTS } else { &[] };
    ALWAYS
        .iter()
        .chain(charts)
        .any(|pattern| joined.contains(&format!(" {pattern} ")) || squeezed == pattern.replace(' ', ""))
}

/// Words that announce patient data in a cell.
const IN_CELLS: [&str; 5] = ["mrn", "dob", "ssn", "medical record", "date of birth"];

/// Whether a cell of text holds patient data that announces itself.
pub(super) fn holds_patient_data(cell: &str) -> bool {
    if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    cell.split_whitespace().any(is_social_security_number) || (may_announce(cell) && announces(cell))
}

/// Whether the last word of a pattern is somewhere in the cell: almost no cell needs a closer look.
fn may_announce(cell: &str) -> bool {
    let holds = |word: &str| cell.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
    IN_CELLS.iter().any(|pattern| pattern.rsplit(' ').next().is_some_and(holds))
}

fn announces(cell: &str) -> bool {
    let joined = format!(" {} ", words(cell).join(" "));
    IN_CELLS.iter().any(|pattern| joined.contains(&format!(" {pattern} ")))
}

/// Three digits, two, four, with hyphens between.
fn is_social_security_number(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    word.split('-').map(str::len).eq([3, 2, 4]) && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// The words of a name in lower case: `PatientName`, `patient-name` and `PATIENT NAME` are two words.
/// `#`, `num`, `nbr` and `number` become `no`.
fn words(name: &str) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patient_data_is_known_by_name() {
        for name in [
            "MRN",
            "Patient Name",
            "PatientMRN",
            "patient-last",
            "MR#",
            "Chart #",
            "DOB",
            "Birth Date",
            "Service_Date",
            "DOS",
            "Account Number",
            "accountnumber",
            "Acct",
            "Encounter",
            "CSN",
            "MBI",
            "SS#",
            "Member ID",
            "memberId",
            "Discharge Date (w/ Time)",
            "E-mail",
            "ZIP",
            "MRNumber",
            "PatientName",
            "medical_record_number",
            "ClaimNo",
        ] {
            assert!(looks_like_patient_data(name, Kind::Charts), "{name}");
        }
    }

    #[test]
    fn other_names_are_left_alone() {
        for name in ["Workgroup", "Stage", "notes", "Final", "Finance", "Patients", "Admin"] {
            assert!(!looks_like_patient_data(name, Kind::Charts), "{name}");
        }
        for name in ["Account Number", "Address", "Phone"] {
            assert!(!looks_like_patient_data(name, Kind::Expenses), "{name}");
        }
        assert!(looks_like_patient_data("Patient", Kind::Expenses));
    }
}
