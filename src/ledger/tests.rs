//! Statements and what becomes of them.
#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;

use super::*;
use crate::book::Says;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn movement(id: i64, account: &str, date: &str, description: &str, cents: i64) -> Movement {
    Movement {
        id,
        origin: Origin { batch: 7, line: id + 1 },
        account: account.to_owned(),
        date: day(date),
        description: description.to_owned(),
        amount: Usd::from_cents(cents),
        currency: "USD".to_owned(),
        balance: None,
        bank_id: None,
        hint: String::new(),
    }
}

fn correction(movement: i64, says: &str, share_millionths: Option<i64>) -> (Corrected, Correction) {
    let (word, payer) = says.split_once(':').unwrap_or((says, ""));
    let says = Says::of(word).unwrap_or(Says::Category(word.to_owned()));
    let share_millionths = share_millionths.unwrap_or(WHOLE);
    let set_at = "2025-12-01T00:00:00Z".to_owned();
    (Corrected::Movement(movement), Correction { says, share_millionths, payer: payer.to_owned(), set_at })
}

fn expense(id: i64, date: &str, vendor: &str, cents: i64) -> Expense {
    Expense {
        id,
        origin: Origin { batch: 1, line: id + 1 },
        date: day(date),
        vendor: vendor.to_owned(),
        description: String::new(),
        category: "books".to_owned(),
        amount: Usd::from_cents(cents),
        share_millionths: WHOLE,
    }
}

fn payment(id: i64, date: &str, payer: &str, cents: i64) -> Payment {
    Payment {
        id,
        origin: Origin { batch: 2, line: id + 1 },
        received_on: day(date),
        payer: payer.to_owned(),
        amount: Usd::from_cents(cents),
        reference: String::new(),
    }
}

/// A book for tests.
#[derive(Default)]
struct World {
    movements: Vec<Movement>,
    corrections: Vec<(Corrected, Correction)>,
    yours: &'static str,
    payers: Vec<String>,
    payments: Vec<Payment>,
    expenses: Vec<Expense>,
    shares: Vec<crate::profile::Share>,
}

impl World {
    fn of(movements: Vec<Movement>) -> World {
        World { movements, payers: vec!["Kode Health Inc".to_owned()], ..World::default() }
    }

    /// Each row in the order of its number: what it is, in short.
    #[track_caller]
    fn is(&self, expected: &[&str]) {
        let rules = Rules::with(self.yours).unwrap();
        let ledger = settle(&self.input(&rules));
        let mut rows: Vec<&Decision> = ledger.rows().map(|(_, decision)| decision).collect();
        rows.sort_by_key(|decision| decision.movement);
        let said: Vec<String> = rows.into_iter().map(short).collect();
        assert_eq!(said, expected);
    }

    fn input<'a>(&'a self, rules: &'a Rules) -> Input<'a> {
        Input {
            movements: &self.movements,
            corrections: &self.corrections,
            rules,
            payers: &self.payers,
            payments: &self.payments,
            expenses: &self.expenses,
            shares: &self.shares,
        }
    }
}

/// A decision in short: what it is, how sure, and the row that goes with it.
fn short(decision: &Decision) -> String {
    let usage = match &decision.usage {
        Usage::Expense { category, share_millionths: Some(WHOLE) } => category.id.clone(),
        Usage::Expense { category, share_millionths: Some(share) } => format!("{}@{}%", category.id, share / 10_000),
        Usage::Expense { category, share_millionths: None } => format!("{}@ask", category.id),
        Usage::Income { payer } => format!("income:{payer}"),
        other => format!("{other:?}").to_lowercase(),
    };
    let mark = match decision.label {
        Label::Classified => "",
        Label::Assumed => "~",
        Label::NeedsYou => "?",
    };
    let with = match &decision.why {
        Why::Match(_, id) => format!(" {id}"),
        _ => String::new(),
    };
    assert_eq!(decision.question.is_some(), decision.label == Label::NeedsYou, "{decision:?}");
    format!("{mark}{usage}{with}")
}

/// What a single row of a bank or card is.
#[track_caller]
fn alone(cents: i64, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let world = World::of(vec![movement(1, "Chase checking 1234", "2025-03-10", text, cents)]);
        let rules = Rules::with("").unwrap();
        let ledger = settle(&world.input(&rules));
        let (_, decision) = ledger.rows().next().unwrap();
        assert_eq!(&short(decision), expected, "{text}: {:?}", decision.why);
    }
}

#[track_caller]
fn spent(cases: &[(&str, &str)]) {
    alone(-12_699, cases);
}

#[track_caller]
fn received(cases: &[(&str, &str)]) {
    alone(12_699, cases);
}

#[test]
fn societies_books_and_encoders() {
    spent(&[
        ("AAPC 8006265236 UT", "~dues"),
        ("AAPC*CODIFY ANNUAL", "encoder"),
        ("PAYPAL *AAPC 4029357733", "~dues"),
        ("AHIMA 312-233-1100 IL", "~dues"),
        ("PEARSONVUE*AHIMA EXAM", "~credentials"),
        ("AMA BOOKSTORE CHICAGO IL", "books"),
        ("AMERICAN MEDICAL ASSOC 800-621-8335", "books"),
        ("ELSEVIER HEALTH 8005452522", "books"),
        ("OPTUM360 CODING", "~encoder"),
        ("OPTUM *ENCODERPRO.COM", "~encoder"),
        ("FIND-A-CODE LLC", "encoder"),
        ("SUPERCODER.COM", "encoder"),
        ("SOLVENTUM HEALTH", "encoder"),
        ("3M HLTH INFO SYS", "encoder"),
        ("LIBMAN EDUCATION", "education"),
        ("NAMAS", "education"),
        ("SQ *CCO.US", "education"),
        ("UDEMY: ONLINE COURSES", "?education"),
        ("COURSERA.ORG", "?education"),
        ("CAREERSTEP LLC", "?education"),
    ]);
    alone(-250_000, &[("AAPC 8006265236 UT", "?education")]);
}

#[test]
fn software_and_data_protection() {
    spent(&[
        ("ADOBE *ACROPRO SUBS", "~software"),
        ("PAYPAL *ADOBE", "~software"),
        ("PAYPAL INST XFER ADOBE SYSTEMS", "~software"),
        ("MICROSOFT*MICROSOFT 365 P", "~software"),
        ("MICROSOFT*XBOX", "?software"),
        ("GOOGLE *GSUITE_EXAMPLE", "~software"),
        ("GOOGLE*PLAY", "?software"),
        ("ZOOM.US 888-799-9666", "~software"),
        ("DROPBOX*9KQ2ZF", "~software"),
        ("1PASSWORD TORONTO", "~security"),
        ("NORDVPN.COM", "~security"),
        ("MALWAREBYTES", "~security"),
        ("INTUIT *QUICKBOOKS ONLINE", "software"),
        ("INTUIT *QBooks Online", "software"),
        ("INTUIT *TURBOTAX", "?legal@ask"),
        ("FREETAXUSA.COM", "?legal@ask"),
        ("INTUIT *", "?software"),
        ("AMAZON WEB SERVICES", "~software"),
    ]);
}

#[test]
fn equipment_by_its_price_and_shops_that_sell_everything() {
    spent(&[
        ("DELL US ROUND ROCK TX", "~supplies"),
        ("NEWEGG INC", "~supplies"),
        ("APPLE.COM/BILL 866-712-7753", "?software"),
        ("AMZN Mktp US*2K4AB12C3", "?supplies"),
        ("Amazon.com*RT4567890", "?supplies"),
        ("AMAZON PRIME*2A4", "private"),
        ("BEST BUY      00001234", "?supplies"),
        ("STAPLES       00112233", "?supplies"),
        ("OFFICE DEPOT #1078", "?supplies"),
        ("COSTCO WHSE #0123", "?supplies"),
        ("WAL-MART #2345", "?supplies"),
        ("WM SUPERCENTER #2345", "?supplies"),
        ("POS PURCHASE TARGET T-1234", "?supplies"),
        ("IKEA 372904", "?supplies"),
    ]);
    alone(
        -89_900,
        &[
            ("DELL MARKETING LP", "~equipment"),
            ("APPLE STORE #R123", "~equipment"),
            ("LENOVO GROUP", "~equipment"),
            ("HP.COM STORE", "~equipment"),
            ("SP HERMAN MILLER", "~equipment"),
        ],
    );
}

#[test]
fn internet_phone_and_post() {
    spent(&[
        ("COMCAST CABLE COMM 800-COMCAST PA", "?internet@ask"),
        ("XFINITY MOBILE", "?internet@ask"),
        ("SPECTRUM 855-707-7328", "?internet@ask"),
        ("COX COMMUNICATIONS", "?internet@ask"),
        ("FRONTIER COMMUNICATIONS", "?internet@ask"),
        ("AT&T *BILL PAYMENT", "?phone@ask"),
        ("VZWRLSS*APOCC VISB", "?phone@ask"),
        ("T-MOBILE*AUTO PAY", "?phone@ask"),
        ("USPS PO 1234560123", "~office"),
        ("THE UPS STORE 1234", "~office"),
        ("FEDEX 123456789", "~office"),
    ]);
}

#[test]
fn taxes_insurance_and_health() {
    spent(&[
        ("IRS USATAXPYMT 270412345678901", "~estimated-tax"),
        ("IRS DES:USATAXPYMT ID:XXXXX", "~estimated-tax"),
        ("EFTPS TAX PAYMENT", "~estimated-tax"),
        ("FRANCHISE TAX BD CASTTAXRFD", "state-tax"),
        ("NYS DTF PIT TAX PAYMNT", "state-tax"),
        ("PA DEPT OF REVENUE", "state-tax"),
        ("HISCOX INC NEW YORK", "insurance"),
        ("HPSO 800-982-9491", "insurance"),
        ("CM&F GROUP INC", "insurance"),
        ("HEALTHCARE.GOV", "?health-premium"),
        ("COVERED CALIFORNIA", "?health-premium"),
        ("BCBS OF TEXAS", "?health-premium"),
        ("KAISER FOUNDATION HLTH", "?health-premium"),
        ("OSCAR HEALTH", "?health-premium"),
        ("DELTA DENTAL INS", "~dental-premium"),
        ("HEALTHEQUITY INC HSA CONTRIB", "hsa"),
        ("FIDELITY HSA", "hsa"),
        ("VANGUARD SEP-IRA", "~sep"),
        ("VANGUARD ROTH IRA", "retirement"),
        ("VANGUARD BUY INVESTMENT", "~private"),
        ("FID BKG SVC LLC", "~private"),
        ("CVS/PHARMACY #01234", "~medical"),
        ("WARBY PARKER", "~medical"),
        ("GEICO *AUTO", "~private"),
        ("NORTHWESTERN MU ISA PAYMNT", "life-insurance"),
    ]);
}

#[test]
fn banks_and_platforms() {
    spent(&[
        ("MONTHLY SERVICE FEE", "?bank-fees@ask"),
        ("INTEREST CHARGE ON PURCHASES", "~private"),
        ("UPWORK SERVICE FEE", "commissions"),
        ("STRIPE FEES", "commissions"),
        ("ATM WITHDRAWAL 001234 MAIN ST", "~owner-draw"),
        ("CHECK 1023", "?private"),
        ("CHECK # 1024", "?private"),
        ("Zelle payment to Jane Roe", "?private"),
        ("VENMO PAYMENT 1012345678", "?private"),
        ("Zelle payment to Bart Norton", "?private"),
        ("PAYPAL *JANEROE", "?private"),
        ("PAYPAL *STARBUCKS", "~lunches"),
        ("CHECK CARD PURCHASE STARBUCKS", "~lunches"),
        ("CHASE CREDIT CRD AUTOPAY", "~transfer"),
        ("AMEX EPAYMENT ACH PMT", "~transfer"),
        ("CITI CARD ONLINE PAYMENT", "~transfer"),
        ("Online Transfer to SAV ...1234", "~transfer"),
    ]);
    received(&[
        ("INTEREST PAID", "~private"),
        ("CASHBACK BONUS REDEMPTION", "~private"),
        ("Payment Thank You-Mobile", "~transfer"),
        ("AUTOMATIC PAYMENT - THANK YOU", "~transfer"),
        ("PAYPAL TRANSFER", "~transfer"),
        ("GUSTO PAYROLL 6SEM", "?private"),
        ("HOSPITAL SYSTEM PAYROLL", "?private"),
        ("IRS TREAS 310 TAX REF", "private"),
        ("FRANCHISE TAX BD CASTTAXRFD", "private"),
        ("UPWORK ESCROW INC", "?private"),
        ("REMOTE ONLINE DEPOSIT # 1", "?private"),
        ("Deposit Mobile Banking", "?private"),
        ("PAYPAL           TRANSFER                   PPD ID: PAYPALSDSL", "~transfer"),
        ("Zelle payment from Jane Roe", "?private"),
    ]);
}

#[test]
fn what_never_counts() {
    spent(&[
        ("TST* GRIMALDI PIZZA", "~lunches"),
        ("SQ *BLUE BOTTLE COFFEE", "~lunches"),
        ("STARBUCKS STORE 01234", "~lunches"),
        ("MCDONALD'S F12345", "~lunches"),
        ("UBER EATS", "lunches"),
        ("UBER *TRIP", "?travel"),
        ("DELTA AIR 0062345678901", "?travel"),
        ("MARRIOTT ORLANDO", "?travel"),
        ("COSTCO GASOLINE", "private"),
        ("NYCT PAYGO          NEW YORK            NY", "~commuting"),
        ("EXXONMOBIL 97512345", "~commuting"),
        ("SHELL OIL 57444", "~commuting"),
        ("EZPASSNY REBILL", "~commuting"),
        ("WHOLEFDS MKT 10234", "private"),
        ("TRADER JOE'S #123", "private"),
        ("H&M 0123", "clothing"),
        ("OLD NAVY US 6123", "clothing"),
        ("NETFLIX.COM", "entertainment"),
        ("PLANET FIT CLUB FEES", "gym"),
        ("KINDERCARE", "~childcare"),
        ("DUKE ENERGY", "?home-utilities"),
        ("GREYSTAR APARTMENTS", "?home-rent"),
        ("ADT SECURITY", "?home-other"),
        ("ROCKET MORTGAGE LOAN", "~home-mortgage"),
        ("GOODWILL INDUSTRIES", "donations"),
        ("NELNET STUDENT LOAN", "~private"),
    ]);
}

#[test]
fn what_nothing_speaks_of_is_asked() {
    spent(&[("QZXW HOLDINGS 4411", "?open"), ("UPSTATE SIGNS", "?open"), ("TARGETED ADS", "?open")]);
    received(&[("QZXW HOLDINGS 4411", "?open")]);
}

#[test]
fn a_payers_deposit_is_income() {
    received(&[
        ("KODE HEALTH INC DES:DIRECT DEP ID:XX", "income:Kode Health Inc"),
        ("ORIG CO NAME:KODE HEALTH PAYROLL", "income:Kode Health Inc"),
        ("KODE HEALTH EXPENSE REIMB", "?reimbursement"),
    ]);
    spent(&[("KODE HEALTH RECOUP", "?income:Kode Health Inc")]);
}

#[test]
fn the_users_rules_come_first() {
    let yours = "[[rule]]\nname = \"Kode bonus\"\ndescription = [\"kode health\"]\nuse = \"income\"\npayer = \"Kode\"\n\
                 [[rule]]\nname = \"Home\"\nvendor = [\"COMCAST\"]\ncategory = \"internet\"\nshare = \"60%\"\n";
    let movements = vec![
        movement(1, "Checking", "2025-01-03", "COMCAST CABLE", -8_000),
        movement(2, "Checking", "2025-01-04", "KODE HEALTH DEP", 8_000),
    ];
    World { yours, ..World::of(movements) }.is(&["internet@60%", "income:Kode"]);
}

#[test]
fn two_sides_of_a_transfer_are_one_event() {
    World::of(vec![
        movement(1, "Chase checking 1234", "2025-01-03", "CHASE CREDIT CRD AUTOPAY", -50_000),
        movement(2, "Chase card 9876", "2025-01-05", "Payment Thank You", 50_000),
        movement(3, "Chase checking 1234", "2025-01-03", "Online Transfer to Ally", -20_000),
        movement(4, "Ally savings 5555", "2025-01-04", "ACH DEPOSIT", 20_000),
        movement(5, "Chase checking 1234", "2025-01-20", "Online Transfer to SAV", -20_000),
    ])
    .is(&["transfer 2", "transfer 1", "transfer 4", "transfer 3", "~transfer"]);
}

#[test]
fn a_card_says_only_that_it_was_paid() {
    World::of(vec![
        movement(1, "Chase card 9876", "2025-01-05", "PAYMENT", 50_000),
        movement(2, "Chase checking 1234", "2025-01-06", "PAYMENT", 50_000),
    ])
    .is(&["~transfer", "?open"]);
}

#[test]
fn a_purchase_or_a_payers_money_is_no_side_of_a_transfer() {
    World::of(vec![
        movement(1, "Checking", "2025-01-03", "STARBUCKS", -5_000),
        movement(2, "Chase card 9876", "2025-01-03", "Payment Thank You", 5_000),
        movement(3, "Checking", "2025-01-10", "KODE HEALTH DEP", 90_000),
        movement(4, "Savings", "2025-01-10", "Transfer to checking", -90_000),
    ])
    .is(&["~lunches", "~transfer", "income:Kode Health Inc", "~transfer"]);
}

#[test]
fn the_nearest_day_and_the_better_words_win() {
    World::of(vec![
        movement(1, "Checking", "2025-01-01", "Online transfer to savings", -10_000),
        movement(2, "Checking", "2025-01-04", "Online transfer to savings", -10_000),
        movement(3, "Savings", "2025-01-04", "Transfer from checking", 10_000),
    ])
    .is(&["~transfer", "transfer 3", "transfer 2"]);
}

#[test]
fn equal_and_opposite_without_a_word_is_asked() {
    World::of(vec![
        movement(1, "Checking", "2025-01-03", "QZXW 1", -5_000),
        movement(2, "Credit union", "2025-01-04", "YYAB 2", 5_000),
    ])
    .is(&["?transfer 2", "?transfer 1"]);
}

#[test]
fn a_platform_that_is_in_the_book_pays_and_the_bank_only_funds_it() {
    World::of(vec![
        movement(1, "PayPal", "2025-01-03", "Adobe Systems", -2_000),
        movement(2, "PayPal", "2025-01-03", "Bank Deposit to PP Account", 2_000),
        movement(3, "Chase checking 1234", "2025-01-05", "PAYPAL INST XFER ADOBE", -2_000),
        movement(4, "Venmo", "2025-01-10", "Payment Tutoring", -22_000),
        movement(5, "Chase checking 1234", "2025-01-12", "VENMO PAYMENT 101", -22_000),
        movement(6, "PayPal", "2025-01-12", "General Withdrawal", -70_000),
        movement(7, "Chase checking 1234", "2025-01-13", "PAYPAL TRANSFER", 70_000),
        movement(8, "Chase checking 1234", "2025-01-13", "PAYPAL *ADOBE", -3_000),
        movement(9, "Chase checking 1234", "2025-06-13", "PAYPAL *ADOBE", -3_000),
    ])
    .is(&[
        "~software",
        "transfer 3",
        "transfer 2",
        "?open",
        "transfer 4",
        "transfer 7",
        "transfer 6",
        "~transfer",
        "~software",
    ]);
}

#[test]
fn reversals_cancel() {
    World::of(vec![
        movement(1, "Checking", "2025-01-03", "MONTHLY SERVICE FEE", -1_200),
        movement(2, "Checking", "2025-01-04", "MONTHLY SERVICE FEE REVERSAL", 1_200),
        movement(3, "Checking", "2025-01-05", "KODE HEALTH DEP", 50_000),
        movement(4, "Checking", "2025-01-06", "KODE HEALTH DEP REVERSED", -50_000),
    ])
    .is(&["cancelled 2", "cancelled 1", "cancelled 4", "cancelled 3"]);
}

#[test]
fn a_refund_is_what_its_purchase_is() {
    let mut world = World::of(vec![
        movement(1, "Card 1", "2025-01-03", "ADOBE *ACROPRO", -2_000),
        movement(2, "Card 1", "2025-02-03", "ADOBE *ACROPRO", 1_500),
        movement(3, "Card 1", "2025-01-03", "AMZN Mktp US*AB1", -4_000),
        movement(4, "Card 1", "2025-01-09", "Amazon.com REFUND", 4_000),
        movement(5, "Card 1", "2025-01-03", "OLD NAVY US", -3_000),
        movement(6, "Card 1", "2025-01-09", "OLD NAVY US", 3_000),
        movement(7, "Card 1", "2025-01-03", "QZXW STORE", -3_300),
        movement(8, "Card 1", "2025-01-09", "CHARGEBACK", 3_300),
        movement(9, "Card 1", "2025-12-09", "ADOBE *ACROPRO", 100),
        movement(10, "Card 1", "2025-01-09", "STAPLES", 700),
    ]);
    world.is(&[
        "~software",
        "~software 1",
        "?supplies",
        "?supplies 3",
        "clothing",
        "clothing 5",
        "?open",
        "?open 7",
        "?open",
        "?open",
    ]);
    world.corrections = vec![correction(3, "office", Some(500_000)), correction(7, "books", None)];
    world.is(&[
        "~software",
        "~software 1",
        "office@50%",
        "office@50% 3",
        "clothing",
        "clothing 5",
        "books",
        "books 7",
        "?open",
        "?open",
    ]);
    let rules = Rules::with("").unwrap();
    let spent: Usd = settle(&world.input(&rules)).expenses().iter().map(Expense::business_part).sum();
    assert_eq!(spent, Usd::from_cents(2_000 - 1_500 + 2_000 - 2_000));
}

#[test]
fn a_record_of_a_file_counts_once() {
    let movements = vec![
        movement(1, "Card 1", "2025-01-03", "AMA BOOKSTORE", -12_699),
        movement(2, "Card 1", "2025-01-20", "QZXW 77", -4_200),
        movement(3, "Checking", "2025-02-03", "KODE HEALTH DEP", 90_000),
        movement(4, "Checking", "2025-02-23", "KODE HEALTH DEP", 90_000),
        movement(5, "Checking", "2025-03-03", "QZXW 78", 7_777),
        movement(6, "Card 1", "2025-01-30", "AMA BOOKSTORE", 12_699),
    ];
    let expenses = vec![expense(1, "2025-01-01", "AMA Bookstore", 12_699), expense(2, "2025-01-19", "Contoso", 4_200)];
    let payments = vec![payment(1, "2025-02-01", "KODE health inc", 90_000), payment(2, "2025-03-01", "Acme", 7_777)];
    let world = World { payments, expenses, ..World::of(movements) };
    world.is(&["recorded", "~recorded", "recorded", "income:Kode Health Inc", "~recorded", "books 1"]);
}

#[test]
fn a_correction_stands_above_all_and_doubles_are_told() {
    let mut world = World::of(vec![
        movement(1, "Card 1", "2025-01-03", "AMA BOOKSTORE", -12_699),
        movement(2, "Checking", "2025-01-04", "COMCAST", -8_000),
        movement(3, "Checking", "2025-01-05", "Zelle from Jane Roe", 40_000),
        movement(4, "Checking", "2025-01-06", "COMCAST", -8_100),
    ]);
    world.expenses = vec![expense(1, "2025-01-01", "AMA Bookstore", 12_699)];
    world.corrections = vec![
        correction(1, "education", None),
        correction(2, "internet", Some(600_000)),
        correction(3, "income:Jane Roe", None),
    ];
    world.is(&["education", "internet@60%", "income:Jane Roe", "?internet@ask"]);
    let rules = Rules::with("").unwrap();
    let input = world.input(&rules);
    let ledger = settle(&input);
    assert_eq!(ledger.doubles, [(1, Kind::Expenses, Origin { batch: 1, line: 2 })]);
    let payments = ledger.payments();
    assert_eq!((payments[0].origin.line, payments[0].amount), (4, Usd::dollars(400)));
    world.corrections[1] = correction(2, "private", None);
    world.corrections.push(correction(4, "nonsense", None));
    world.is(&["education", "private", "income:Jane Roe", "?open"]);
}

#[test]
fn a_corrected_transfer_finds_its_other_side() {
    let mut world = World::of(vec![
        movement(1, "Checking", "2025-01-03", "QZXW 1", -5_000),
        movement(2, "Credit union", "2025-01-04", "YYAB 2", 5_000),
        movement(3, "Credit union", "2025-01-04", "YYAB 3", 5_000),
    ]);
    world.corrections = vec![correction(1, "transfer", None)];
    world.is(&["transfer 2", "transfer 1", "?open"]);
}

#[test]
fn other_currencies_do_not_flow() {
    let mut row = movement(1, "Wise EUR", "2025-01-03", "ADOBE", -2_000);
    row.currency = "EUR".to_owned();
    let mut income = movement(2, "Wise EUR", "2025-01-03", "KODE HEALTH", 2_100);
    income.currency = "EUR".to_owned();
    let world = World::of(vec![row, income]);
    world.is(&["?software", "?income:Kode Health Inc"]);
    let rules = Rules::with("").unwrap();
    let ledger = settle(&world.input(&rules));
    assert!(ledger.expenses().is_empty() && ledger.payments().is_empty());
}

#[test]
fn corrections_that_agree_become_a_rule() {
    let mut world = World::of(vec![
        movement(1, "Card 1", "2025-01-03", "SQ *QZXW CODING 123", -12_699),
        movement(2, "Card 1", "2025-02-03", "SQ *QZXW CODING 456", -12_699),
        movement(3, "Card 1", "2025-02-03", "COMCAST", -8_000),
        movement(4, "Card 1", "2025-03-03", "COMCAST", -8_000),
        movement(5, "Card 1", "2025-02-03", "AMA BOOKSTORE", -8_000),
        movement(6, "Card 1", "2025-03-03", "AMA BOOKSTORE", -8_000),
        movement(7, "Card 1", "2025-04-03", "AMA BOOKSTORE", 8_000),
    ]);
    world.corrections = vec![
        correction(1, "education", None),
        correction(2, "education", None),
        correction(3, "internet", Some(600_000)),
        correction(4, "internet", Some(500_000)),
        correction(5, "books", None),
        correction(6, "books", None),
    ];
    let rules = Rules::with("").unwrap();
    let found = proposals(&world.input(&rules));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        found[0].toml,
        "[[rule]]\nname = \"qzxw coding\"\nvendor = [\"qzxw coding\"]\ndirection = \"out\"\ncategory = \"education\"\n\
         share = \"100%\"\nreason = \"You said so of 2 rows.\"\n"
    );
    let learned = Rules::with(&found[0].toml).unwrap();
    assert!(proposals(&world.input(&learned)).is_empty());
}

#[test]
fn account_kinds() {
    for (name, kind) in [
        ("Chase card 1234", AccountKind::Card),
        ("Chase checking 1234", AccountKind::Bank),
        ("Bank of America debit card", AccountKind::Bank),
        ("PayPal", AccountKind::Platform),
        ("American Express", AccountKind::Card),
        ("Mercury", AccountKind::Bank),
    ] {
        assert_eq!(AccountKind::of(name), kind, "{name}");
    }
}

#[test]
fn a_share_of_the_profile_answers_for_every_row() {
    let text = "[[share]]\nvendor = \"Comcast\"\nbusiness = 60\nfrom = 2025-02-01\n";
    let mut world = World::of(vec![
        movement(1, "Checking", "2025-01-12", "COMCAST CABLE 800-266-2278", -8_000),
        movement(2, "Checking", "2025-02-12", "COMCAST CABLE 800-266-2278", -8_000),
    ]);
    world.shares = crate::profile::Profile::parse("perchart.toml", text).unwrap().shares;
    let rules = Rules::with("").unwrap();
    let ledger = settle(&world.input(&rules));
    assert_eq!(ledger.of(1).unwrap().label, Label::NeedsYou);
    assert_eq!(ledger.of(2).unwrap().label, Label::Classified);
    // 80 x 60%.
    assert_eq!(ledger.expenses().iter().map(Expense::business_part).collect::<Vec<_>>(), [Usd::dollars(48)]);
}
