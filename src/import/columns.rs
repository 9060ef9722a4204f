//! What a file of each kind can say: the columns that are read. Nothing else of a file is.
//!
//! The project's own files name their columns as here. In files of others a profile says which column is which, or
//! `also` helps to guess: the names are in the form of [`super::header::normal`].

use crate::book::entry::Kind;

/// A column of a kind of file.
#[derive(Debug)]
pub(super) struct Column {
    /// Its name, as `--map` and profiles take it.
    pub(super) name: &'static str,
    /// Whether the project's own files must have it.
    pub(super) required: bool,
    /// What it holds, in words.
    pub(super) holds: &'static str,
    /// What others call it.
    pub(super) also: &'static [&'static str],
}

const fn required(name: &'static str, holds: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, required: true, holds, also }
}

const fn optional(name: &'static str, holds: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, required: false, holds, also }
}

/// The columns of a kind of file. Layouts and rows name them by their place here.
pub(super) fn columns(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Charts => &CHARTS,
        Kind::Payments => &PAYMENTS,
        Kind::Expenses => &EXPENSES,
        Kind::Assets => &ASSETS,
        Kind::Trips => &TRIPS,
        Kind::Bank => &BANK,
        Kind::Time => &TIME,
    }
}

impl Column {
    /// How good a name is for the column: the smaller the better; none where it is no name of it. `Deposits ($)` is as
    /// good as `Deposits`.
    pub(super) fn rank(&self, name: &str) -> Option<usize> {
        let of = |name: &str| {
            let also = || self.also.iter().position(|also| *also == name).map(|at| at + 1);
            if name == self.name { Some(0) } else { also() }
        };
        of(name).map(|rank| rank * 2).or_else(|| of(without_currency(name)?).map(|rank| rank * 2 + 1))
    }
}

/// A name without the currency in parentheses behind it; none where there is none.
fn without_currency(name: &str) -> Option<&str> {
    let (plain, currency) = name.strip_suffix(')')?.rsplit_once("_(")?;
    let is_sign = matches!(currency, "$" | "us$" | "€" | "£");
    (is_sign || super::value::currency::Currency::by_code(currency).is_some()).then_some(plain)
}

static CHARTS: [Column; 10] = [
    required("work_date", "the day you worked, such as 2025-01-31", &["date", "day", "date_worked", "worked_on"]),
    required("payer", "who pays", &["client", "company", "employer", "agency", "customer"]),
    required("chart_type", "the kind of chart, such as E/M", &["type", "specialty", "chart", "service"]),
    required("count", "how many charts", &["charts", "quantity", "qty", "volume", "chart_count", "units"]),
    optional("rejected", "how many charts were sent back", &[]),
    optional("rate", "dollars a chart", &["price", "pay_rate", "per_chart", "rate_per_chart"]),
    optional("amount", "dollars for the row", &[]),
    optional("minutes", "minutes of work", &[]),
    optional("accuracy", "a percentage from 0 to 100", &[]),
    optional("paid_on", "the day the money came", &[]),
];

static PAYMENTS: [Column; 4] = [
    required(
        "received_on",
        "the day the money came, such as 2025-01-31",
        &["date", "paid_on", "deposit_date", "received"],
    ),
    required("payer", "who paid", &["client", "company", "employer", "agency", "customer"]),
    required("amount", "dollars received", &["total", "paid", "sum", "value"]),
    optional("reference", "the payer's reference", &[]),
];

static EXPENSES: [Column; 6] = [
    required("date", "the day you paid, such as 2025-01-31", &["paid_on", "date_paid", "transaction_date", "day"]),
    required("description", "what you bought", &["memo", "item", "details", "name", "what"]),
    required("amount", "dollars paid", &["total", "paid", "sum", "price", "cost", "value"]),
    required("category", "the category of the expense", &["type", "kind", "class"]),
    optional("vendor", "who was paid", &[]),
    optional("business_share", "the business share as a percentage", &["business"]),
];

static ASSETS: [Column; 9] = [
    required("name", "what it is, such as Laptop", &["asset", "item", "description", "asset_name"]),
    required("class", "the kind of thing, such as computer", &["asset_class", "type", "kind"]),
    required(
        "in_service",
        "the day from which it stood ready for the business, such as 2025-01-31",
        &["placed_in_service", "in_service_date", "date_placed_in_service", "service_date"],
    ),
    required("cost", "dollars paid, tax and delivery included", &["price", "cost_basis", "basis", "purchase_price"]),
    optional("acquired", "the day it was bought", &[]),
    optional("business", "the business share as a percentage", &["business_share", "business_use"]),
    optional("value", "dollars it was worth when it turned from private to business use", &[]),
    optional("section_179", "dollars expensed under section 179", &[]),
    optional("bonus", "law, out or 40%", &[]),
];

static TRIPS: [Column; 7] = [
    required("date", "the day of the trip, such as 2025-01-31", &["day", "trip_date", "start_date"]),
    required("miles", "miles there and back", &["mileage", "distance", "total_miles", "business_miles"]),
    required("purpose", "what the trip was for", &["business_purpose", "reason", "why"]),
    optional("destination", "where to", &[]),
    optional("kind", "business, commute or private", &[]),
    optional("car", "which car, by its name in the profile", &[]),
    optional("parking", "dollars for parking and tolls", &[]),
];

/// Places in the table of a bank file.
pub(super) mod bank {
    pub(in crate::import) const DATE: usize = 0;
    pub(in crate::import) const POSTED: usize = 1;
    pub(in crate::import) const DESCRIPTION: usize = 2;
    pub(in crate::import) const AMOUNT: usize = 3;
    pub(in crate::import) const OUT: usize = 4;
    pub(in crate::import) const IN: usize = 5;
    pub(in crate::import) const TYPE: usize = 6;
    pub(in crate::import) const STATUS: usize = 7;
    pub(in crate::import) const ID: usize = 8;
    pub(in crate::import) const BALANCE: usize = 9;
    pub(in crate::import) const CURRENCY: usize = 10;
    pub(in crate::import) const ACCOUNT: usize = 11;
    pub(in crate::import) const HINT: usize = 12;
    pub(in crate::import) const FEE: usize = 13;
}

static BANK: [Column; 14] = [
    required(
        "date",
        "the day of the transaction",
        &[
            "date",
            "transaction_date",
            "trans_date",
            "trans._date",
            "trans",
            "datetime",
            "day",
            "booking_date",
            "operation_date",
            "created",
            "created_(utc)",
            "date_(utc)",
            "completed_date",
            "started_date",
            "order_date",
            "run_date",
            "timestamp",
            "buchungstag",
            "buchungsdatum",
            "datum",
            "data",
            "fecha",
            "f._operación",
            "fecha_operación",
            "date_de_l'opération",
            "date_opération",
            "dato",
            "bogføringsdato",
            "dt",
            "txn_date",
            "payment_date",
            "pay_date",
            "paid_date",
            "check_date",
            "entry_date",
            "created_at",
            "created_on",
            "activity_date",
            "purchase_date",
            "date/time",
            "date_time",
        ],
    ),
    optional(
        "posted",
        "the day it was posted",
        &[
            "posted",
            "post_date",
            "posted_date",
            "posting_date",
            "date_posted",
            "value_date",
            "valuta",
            "wertstellung",
            "wertstellung_(valuta)",
            "valutadatum",
            "date_de_valeur",
            "fecha_valor",
            "f._valor",
            "settlement_date",
            "process_date",
            "effective_date",
            "clearing_date",
            "data_do_balancete",
            "rentedatum",
        ],
    ),
    optional(
        "description",
        "the statement's words",
        &[
            "description",
            "payee",
            "name",
            "memo",
            "details",
            "narrative",
            "transaction_description",
            "original_description",
            "bank_description",
            "label",
            "merchant",
            "merchant_name",
            "particulars",
            "reference",
            "note",
            "notes",
            "comments",
            "desc",
            "descript",
            "transaction",
            "transaction_details",
            "title",
            "text",
            "counterparty",
            "item",
            "reason",
            "buchungstext",
            "verwendungszweck",
            "auftraggeber/empfänger",
            "auftraggeber/empfnger",
            "beguenstigter/zahlungspflichtiger",
            "empfänger",
            "vwz1",
            "libellé",
            "détail_de_l'écriture",
            "description_1",
            "description_2",
            "description_3",
            "concepto",
            "descripción",
            "histórico",
            "historico",
            "naam_/_omschrijving",
            "mededelingen",
            "tekst",
            "omschrijving",
            "bank_desc",
            "item1",
            "beschreibung",
            "narration",
            "full_description",
            "payee_name",
            "partner_name",
            "remarks",
            "memo/description",
            "transaction_summary",
            "contract",
        ],
    ),
    optional(
        "amount",
        "the amount with its sign",
        &[
            "amount",
            "transaction_amount",
            "amount_(usd)",
            "amount_(total)",
            "amount_($)",
            "amount_$",
            "net",
            "net_amount",
            "value",
            "total",
            "sum",
            "betrag",
            "betrag_(eur)",
            "umsatz",
            "umsatz_in_eur",
            "montant",
            "montant_de_l'opération",
            "importe",
            "importe_(€)",
            "valor",
            "bedrag",
            "bedrag_(eur)",
            "beløb",
            "usd",
            "item_total",
            "total_owed",
            "gross",
            "originalbetrag",
            "amount_(eur)",
            "betrag_(€)",
            "net_total",
            "total_amount",
            "amount_usd",
            "amount_in_usd",
            "money",
            "earnings",
            "payout",
            "net_pay",
        ],
    ),
    optional(
        "out",
        "money out",
        &[
            "debit",
            "debits",
            "debit_amount",
            "withdrawal",
            "withdrawals",
            "withdrawal_amount",
            "outflow",
            "money_out",
            "paid_out",
            "out",
            "charge",
            "charges",
            "soll",
            "débit",
            "cargo",
            "cargos",
            "payment_amount",
            "amount_debit",
            "spent",
            "payment",
            "payments",
        ],
    ),
    optional(
        "in",
        "money in",
        &[
            "credit",
            "credits",
            "credit_amount",
            "deposit",
            "deposits",
            "deposit_amount",
            "inflow",
            "money_in",
            "paid_in",
            "in",
            "haben",
            "crédit",
            "abono",
            "abonos",
            "amount_credit",
            "received",
            "receipts",
        ],
    ),
    optional(
        "type",
        "whether money went out or came in",
        &[
            "transaction_type",
            "type",
            "debit/credit",
            "d/c",
            "dr/cr",
            "cr/dr",
            "credit_debit_indicator",
            "af_bij",
            "af/bij",
            "indicator",
            "direction",
            "details",
            "sign",
            "debit_or_credit",
            "dr_/_cr",
            "dr_cr",
            "cr_dr",
            "credit/debit",
            "debit_/_credit",
        ],
    ),
    optional("status", "whether it is booked", &["status", "state", "pending", "cleared", "transaction_status"]),
    optional(
        "id",
        "the bank's own number",
        &[
            "id",
            "transaction_id",
            "fitid",
            "txn_id",
            "tx_id",
            "ref_id",
            "n°_de_transaction",
            "unique_id",
            "sepa_reference",
        ],
    ),
    optional(
        "balance",
        "the balance after the row",
        &[
            "balance",
            "running_bal.",
            "running_balance",
            "runningbalance",
            "current_balance",
            "available_balance",
            "cash_balance",
            "account_balance",
            "ledger_balance",
            "ending_balance",
            "saldo",
            "kontostand",
            "solde",
            "balance_after",
            "running_total",
            "account_running_balance",
            "daily_posted_balance",
            "running_bal",
            "closing_balance",
            "new_balance",
            "balance_(usd)",
        ],
    ),
    optional(
        "currency",
        "the currency",
        &[
            "currency",
            "ccy",
            "curr",
            "currency_code",
            "währung",
            "whrung",
            "waehrung",
            "devise",
            "monn.",
            "moneda",
            "valutakode",
            "original_currency",
            "local_ccy",
            "iso_currency_code",
            "transaction_currency",
            "account_currency",
        ],
    ),
    optional(
        "account",
        "the account",
        &[
            "account",
            "account_name",
            "account_number",
            "account_#",
            "acctname",
            "wallet",
            "card",
            "card_no.",
            "card_no",
            "card_number",
            "source_account",
            "kontonummer",
            "iban",
            "bank_account",
            "konto",
            "account_no.",
            "account_no",
            "account_ending_in",
            "first_bank_card",
        ],
    ),
    optional(
        "hint",
        "the bank's own category",
        &[
            "category",
            "subcategory",
            "type",
            "transaction_type",
            "vorgang",
            "classification",
            "class",
            "action",
            "kategorie",
            "spending_category",
            "buchungsart",
        ],
    ),
    optional("fee", "a fee that the platform kept of the amount", &[]),
];

/// Places in the table of a time tracker's file.
pub(super) mod time {
    pub(in crate::import) const DATE: usize = 0;
    pub(in crate::import) const START: usize = 1;
    pub(in crate::import) const END_DATE: usize = 2;
    pub(in crate::import) const END: usize = 3;
    pub(in crate::import) const DURATION: usize = 4;
    pub(in crate::import) const HOURS: usize = 5;
    pub(in crate::import) const CLIENT: usize = 6;
    pub(in crate::import) const PROJECT: usize = 7;
    pub(in crate::import) const TASK: usize = 8;
}

static TIME: [Column; 9] = [
    required(
        "date",
        "the day on which it began",
        &["date", "start_date", "day", "start", "started_at", "spent_date", "local_date"],
    ),
    optional(
        "start",
        "when it began",
        &["start_time", "start", "from", "started_at", "local_start_time", "clock_in", "time_in"],
    ),
    optional("end_date", "the day on which it ended", &["end_date", "end", "ended_at", "stop_date"]),
    optional(
        "end",
        "when it ended",
        &["end_time", "end", "to", "ended_at", "local_end_time", "clock_out", "time_out", "stop_time"],
    ),
    optional("duration", "how long it took, such as 01:30:00", &["duration", "duration_(h)", "time", "time_spent"]),
    optional(
        "hours",
        "how many hours it took, such as 1.5",
        &[
            "hours",
            "hours_worked",
            "total_hours",
            "duration_(decimal)",
            "hours_(decimal)",
            "decimal_hours",
            "time_(decimal)",
        ],
    ),
    optional("client", "for whom", &["client", "client_name", "customer"]),
    optional("project", "on what", &["project", "project_name", "jobcode_1"]),
    optional("task", "which part of it", &["task", "activity", "task_name"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_tables() {
        for (place, name) in [
            (bank::DATE, "date"),
            (bank::POSTED, "posted"),
            (bank::DESCRIPTION, "description"),
            (bank::AMOUNT, "amount"),
            (bank::OUT, "out"),
            (bank::IN, "in"),
            (bank::TYPE, "type"),
            (bank::STATUS, "status"),
            (bank::ID, "id"),
            (bank::BALANCE, "balance"),
            (bank::CURRENCY, "currency"),
            (bank::ACCOUNT, "account"),
            (bank::HINT, "hint"),
            (bank::FEE, "fee"),
        ] {
            assert_eq!(columns(Kind::Bank)[place].name, name);
        }
        for (place, name) in [
            (time::DATE, "date"),
            (time::START, "start"),
            (time::END_DATE, "end_date"),
            (time::END, "end"),
            (time::DURATION, "duration"),
            (time::HOURS, "hours"),
            (time::CLIENT, "client"),
            (time::PROJECT, "project"),
            (time::TASK, "task"),
        ] {
            assert_eq!(columns(Kind::Time)[place].name, name);
        }
    }
}
