#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 6, 30).unwrap()
}

fn work(cell: &str) -> Option<Rule> {
    text(cell, Scope::Work, today())
}

fn money(cell: &str) -> Option<Rule> {
    text(cell, Scope::Money, today())
}

#[test]
fn every_identifier_is_known_by_its_columns() {
    use Identifier::*;
    for (identifier, names) in [
        (
            Name,
            &["Patient Name", "PatientMRN", "patient-last", "Pt First", "Guarantor", "Last Name", "PatientName"][..],
        ),
        (Place, &["Address", "ZIP", "ZIP Code", "HomeAddress"]),
        (
            Date,
            &[
                "DOB",
                "Birth Date",
                "Service_Date",
                "DOS",
                "Discharge Date (w/ Time)",
                "admitDate",
                "Age",
                "Age in Years",
            ],
        ),
        (Phone, &["Phone", "Home Phone #"]),
        (Fax, &["Fax No"]),
        (Email, &["E-mail", "email", "EMail Addr"]),
        (SocialSecurity, &["SSN", "SS#", "Social Security Number", "social"]),
        (MedicalRecord, &["MRN", "MR#", "Chart #", "Med Rec", "medical_record_number", "MRNumber", "EMPI", "Unit No"]),
        (HealthPlan, &["MBI", "HICN", "Member ID", "memberId", "Subscriber ID", "Medicaid ID", "Policy Number"]),
        (Account, &["Account Number", "accountnumber", "Acct", "Encounter", "CSN", "FIN", "HAR", "ClaimNo", "Visit #"]),
        (Licence, &["NPI", "License No"]),
        (Vehicle, &["VIN", "License Plate"]),
        (Device, &["Device ID", "UDI", "Implant Serial"]),
        (Url, &["URL", "Portal Link"]),
        (Ip, &["IP Addr"]),
        (Biometric, &["Fingerprint"]),
        (Photo, &["Photo", "Face Image"]),
        (Other, &["Bed", "Room", "Study UID", "Order No"]),
    ] {
        for header in names {
            assert_eq!(name(header, Scope::Work), Some(identifier), "{header}");
        }
    }
}

#[test]
fn harmless_columns_pass() {
    for header in [
        "Workgroup",
        "Stage",
        "notes",
        "Final",
        "Finance",
        "Patients",
        "Admin",
        "work_date",
        "payer",
        "chart_type",
        "count",
        "rate",
        "amount",
        "minutes",
        "accuracy",
        "paid_on",
        "rejected",
        "Patient Class",
        "Patient Type",
        "Time Spent By Coding",
        "Last Submitted",
        "Total DX Codes",
        "Facility",
        "Batch",
        "IP",
        "OP",
        "",
        "#",
    ] {
        assert_eq!(name(header, Scope::Work), None, "{header}");
    }
    for header in ["Account Number", "Address", "Phone", "Card No.", "Beneficiary", "E-mail", "Zip", "Member ID"] {
        assert_eq!(name(header, Scope::Money), None, "{header}");
    }
    for header in ["Patient", "MRN", "DOB", "SSN", "Encounter", "CSN"] {
        assert!(name(header, Scope::Money).is_some(), "{header}");
    }
    for header in ["User", "Email", "member_id", "First Name", "Address"] {
        assert_eq!(name(header, Scope::Time), None, "{header}");
    }
    assert_eq!(name("Patient", Scope::Time), Some(Identifier::Name));
}

#[test]
fn letters_follow_the_rule() {
    let letters: String = Identifier::ALL.iter().map(|identifier| identifier.letter()).collect();
    assert_eq!(letters, "ABCDEFGHIJKLMNOPQR");
}

#[test]
fn cells_of_a_work_log() {
    use Identifier::{Account, Fax, HealthPlan, Licence, MedicalRecord, Other};
    for (cell, rule) in [
        ("audit 123-45-6789", Rule::SocialSecurity),
        ("123 45 6789", Rule::SocialSecurity),
        ("1EG4-TE5-MK73", Rule::Medicare),
        ("see 1EG4TE5MK73.", Rule::Medicare),
        ("4111 1111 1111 1111", Rule::Card),
        ("call (555) 234-5678", Rule::Phone),
        ("555-234-5678", Rule::Phone),
        ("+1 555 234 5678", Rule::Phone),
        ("jane.doe@example.org", Rule::Email),
        ("DOE, JOHN", Rule::Name),
        ("Doe, John A.", Rule::Name),
        ("De Cruz, Maria", Rule::Name),
        ("DE CRUZ, MARIA", Rule::Name),
        ("Ng, Al", Rule::Name),
        ("O'Brien-Smith, Sean", Rule::Name),
        ("op note (Doe, John)", Rule::Name),
        ("DOE, JOHN - knee", Rule::Name),
        ("77 Wren Lane 90909", Rule::Street),
        ("1200 N Main St, Springfield", Rule::Street),
        ("seen 2025-01-02", Rule::OldDate),
        ("1/2/1950", Rule::OldDate),
        ("b. 01-02-50", Rule::OldDate),
        ("93 yo fall", Rule::Age),
        ("93-year-old", Rule::Age),
        ("age 95", Rule::Age),
        ("MRN 12345", Rule::Announced(MedicalRecord)),
        ("mrn#0012", Rule::Announced(MedicalRecord)),
        ("MRN: E1234567", Rule::Announced(MedicalRecord)),
        ("MRN1234567", Rule::Announced(MedicalRecord)),
        ("Medical Record Number: 778899", Rule::Announced(MedicalRecord)),
        ("acct #4455", Rule::Announced(Account)),
        ("Encounter no. 778", Rule::Announced(Account)),
        ("member id 88776655", Rule::Announced(HealthPlan)),
        ("DOB 3/4", Rule::Announced(Identifier::Date)),
        ("fax 2345678", Rule::Announced(Fax)),
        ("NPI 1234567893", Rule::Announced(Licence)),
        ("room 412", Rule::Announced(Other)),
        ("https://portal.example/x", Rule::Url),
        ("www.portal.example", Rule::Url),
        ("from 10.20.30.40", Rule::Ip),
        ("smith_face.jpg", Rule::Attachment),
    ] {
        assert_eq!(work(cell), Some(rule), "{cell}");
    }
    assert_eq!(work(&"word ".repeat(17)), Some(Rule::LongText));
    assert_eq!(work("ＭＲＮ　１２３４５"), Some(Rule::Announced(MedicalRecord)));
    assert_eq!(work("123\u{2011}45\u{2011}6789"), Some(Rule::SocialSecurity));
    assert_eq!(work("12\u{200b}3-45-6789"), Some(Rule::SocialSecurity));
}

#[test]
fn payers_and_chart_types_pass() {
    for cell in [
        "Meridian Health Coding, LLC",
        "Northgate Coding Partners",
        "Acme, Inc.",
        "Smith & Jones, PA",
        "Doe, MD",
        "Seattle, WA",
        "Surgery, General",
        "Radiology, Diagnostic",
        "Risk Adjustment, HCC",
        "E/M 99202-99205",
        "E/M Level 3",
        "Office visit 99213",
        "ED 99281-99285",
        "CPT 10021-69990",
        "ICD-10-CM",
        "Same Day Surgery",
        "IP / DRG 470",
        "HCC V28, 2025",
        "Chart 12",
        "batch 2025-06-01",
        "week of 6/1/2025",
        "Q1 2025-2026",
        "3M 360 Encompass",
        "2.20 a chart",
        "Facility 4",
        "Batch 1002003",
        "93 charts",
        "Coding, Auditing",
        "ED, Mercy",
        "12 Lead ECG and CT",
        "20 charts for Dr Smith",
        "50 Radiology CT scans",
        "PORTLAND, OR",
        "Women, Infants",
        "",
    ] {
        assert_eq!(work(cell), None, "{cell}");
    }
}

#[test]
fn statements_may_name_people_and_accounts() {
    for cell in [
        "ZELLE FROM DOE, JOHN",
        "ACCT 123456789",
        "jane@example.org",
        "888-280-4331",
        "Social Security 2025",
        "SQ *COFFEE 1234 SEATTLE WA",
        "https://example.org",
        "INS PREM POLICY NO 88776655",
        &"word ".repeat(40),
    ] {
        assert_eq!(money(cell), None, "{cell}");
    }
    for cell in ["MRN 12345", "DOB 1/2/1950", "SSN 6789", "patient #12345", "1EG4TE5MK73", "123-45-6789"] {
        assert!(money(cell).is_some(), "{cell}");
    }
    assert_eq!(money("card 5555 5555 5555 4444"), Some(Rule::Card));
}

#[test]
fn columns_of_identifiers_are_seen() {
    let finish = |name: &str, scope, cells: &mut dyn Iterator<Item = String>| {
        let mut column = Column::new(name, scope);
        cells.for_each(|cell| {
            column.add(&cell, today());
        });
        column.finish()
    };
    let serials = || (0..20_000).map(|row| format!("E{}", 1_000_000 + row * 7));
    let hit = |rule, count| vec![Hit { rule, count }];
    assert_eq!(finish("x", Scope::Work, &mut serials()), hit(Rule::Serial, 10_000));
    assert_eq!(finish("x", Scope::Money, &mut serials()), []);
    let codes = || (0..5_000).map(|row| format!("{}", 100_000 + row % 900));
    assert_eq!(finish("x", Scope::Work, &mut codes()), []);
    let days = || (1..=28).map(|day| format!("202501{day:02}"));
    assert_eq!(finish("x", Scope::Work, &mut days()), []);
    let bare = || ["123456789", "", "111223333"].map(str::to_owned).into_iter();
    assert_eq!(finish("SSN", Scope::Money, &mut bare()), hit(Rule::SocialSecurity, 2));
    assert_eq!(finish("x", Scope::Money, &mut bare()), []);
    let mixed = || ["Doe, John", "Roe, Jane", "E/M"].map(str::to_owned).into_iter();
    assert_eq!(finish("payer", Scope::Work, &mut mixed()), hit(Rule::Name, 2));
}

#[test]
fn long_numbers_are_masked() {
    for (text, masked) in [
        ("CARD 4111 1111 1111 1234 PURCHASE", "CARD …1234 PURCHASE"),
        ("CARD 4111-1111-1111-1234", "CARD …1234"),
        ("AMEX 3782 822463 10005", "AMEX …0005"),
        ("TO 1234567", "TO …4567"),
        ("TO 1234 5678 9012", "TO …9012"),
        ("DE89 3704 0044 0532 0130 00", "DE…3000"),
        ("DE89370400440532013000", "DE…3000"),
        ("SSN 123-45-6789", "SSN ***-**-****"),
        ("ZELLE jane.doe@example.org", "ZELLE j…@example.org"),
        ("AMZN 888-280-4331 WA", "AMZN …4331 WA"),
        ("(888) 280-4331", "(888) …4331"),
        ("888.280.4331", "…4331"),
        ("MBI 1EG4TE5MK73 x", "MBI … x"),
        ("TRN12345678X", "TRN…5678X"),
        ("ID 113-1234567-7654321", "ID …4321"),
    ] {
        assert_eq!(mask(text), masked);
        assert_eq!(mask(masked), masked);
    }
}

#[test]
fn amounts_days_and_checks_are_not_masked() {
    for text in [
        "CHECK 123456",
        "CHECK 1234 5678",
        "CHK# 2034 123456",
        "2025-01-02 12:34:56",
        "01/02/2025 03/04/25",
        "POSTED 20250102",
        "31.12.2025",
        "TAX 2025-2026",
        "FX 1,234,567.89 USD",
        "FX 1234567.89 USD",
        "FX 1.234.567,89",
        "SQ *COFFEE 1234 SEATTLE WA",
        "XXXXXX1234",
        "9.99 x 1234",
        "AMZN Mktp US*2K4LQ1RT3",
        "7-ELEVEN 34567",
        "EST TAX 2025 Q1",
        "DEC 2025 123",
        "12/31/2021 03:24 348604. ROAD RUNNER",
    ] {
        assert_eq!(mask(text), text);
        assert!(matches!(mask(text), std::borrow::Cow::Borrowed(_)), "{text}");
    }
}

#[test]
fn names_of_files_are_screened() {
    for name in [
        "charts-2025-01.csv",
        "charts.csv",
        "Meridian production log.xlsx",
        "charts_jane_doe.csv",
        "jane doe march invoice.csv",
        "Sheet1",
        "qa notes 2025.csv",
        "Northgate Partners.csv",
        "payments_2024_2025.csv",
        "ED coding.csv",
        "discharges 2025.csv",
        "new name 1.csv",
        "utf16-without-mark.csv",
    ] {
        let screened = file_name(name, Scope::Work);
        assert_eq!((screened.shown.as_str(), screened.hits.as_slice()), (name, &[][..]), "{name}");
    }
    for (name, shown) in [
        ("smith_john_op_note.pdf", "(name kept out).pdf"),
        ("SmithJohn.csv", "(name kept out).csv"),
        ("Smith, John.csv", "(name kept out).csv"),
        ("MRN 12345.csv", "(name kept out).csv"),
        ("mrn_12345.csv", "(name kept out).csv"),
        ("123-45-6789.csv", "(name kept out).csv"),
        ("patient doe john", "(name kept out)"),
        ("jane.doe@example.org.csv", "(name kept out).csv"),
        ("quigley_zebulon_discharge.csv", "(name kept out).csv"),
    ] {
        let screened = file_name(name, Scope::Work);
        assert_eq!(screened.shown, shown, "{name}");
        assert!(!screened.hits.is_empty(), "{name}");
    }
    let shown = |name| file_name(name, Scope::Money).shown;
    assert_eq!(shown("Chase1234_Activity20250101_20250131.csv"), "Chase1234_Activity20250101_20250131.csv");
    assert_eq!(shown("smith_john_checking_123456789.csv"), "smith_john_checking_…6789.csv");
    assert_eq!(shown("MRN 12345.csv"), "(name kept out).csv");
}

#[test]
fn samples_say_nothing() {
    let sample = redact("Posted Date;Patient Name;Amount\r\n01/02/2025;\"Doe, Jöhn\";-5.00 €\r\n");
    assert_eq!(sample, "Posted Date;xxxxxxx xxxx;Amount\r\n99/99/9999;\"xxx, xxxx\";-9.99 €\r\n");
    assert_eq!(redact("sep=,\nGross amount,Doe John\n"), "sep=,\nGross amount,xxx xxxx\n");
}

proptest! {
    #[test]
    fn masking_twice_changes_nothing(text in "[0-9 \\-/.,@a-zA…]{0,40}") {
        let once = mask(&text).into_owned();
        prop_assert_eq!(mask(&once).into_owned(), once);
    }

    #[test]
    fn rules_take_any_text(cell in "\\PC{0,60}") {
        for scope in [Scope::Work, Scope::Time, Scope::Money] {
            let _ = text(&cell, scope, today());
            let _ = name(&cell, scope);
            let _ = file_name(&cell, scope);
            Column::new(&cell, scope).add(&cell, today());
        }
        prop_assert_eq!(redact(&cell).chars().count(), cell.chars().count());
    }

    #[test]
    fn masked_text_has_no_number_that_mask_takes_out(cell in "[0-9 \\-]{0,30}") {
        if let Some(rule) = text(&mask(&cell), Scope::Money, today()) {
            prop_assert!(!rule.is_masked(), "{rule:?}");
        }
    }
}
