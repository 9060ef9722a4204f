//! Reads the expression of a form line and says it in words, with names or with numbers.

/// An expression, as far as form tables use them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// A number as written.
    Number(String),
    /// A name or a dotted path of names.
    Path(Vec<String>),
    /// Two operands and the operator between them.
    Binary(Box<Expr>, char, Box<Expr>),
    /// A method on a receiver.
    Method(Box<Expr>, String, Vec<Expr>),
    /// A function.
    Call(String, Vec<Expr>),
    /// One of two, by a condition that is not shown.
    Either(Box<Expr>, Box<Expr>),
}

/// Reads an expression; `None` for a shape that form tables do not use.
pub(super) fn parse(text: &str) -> Option<Expr> {
    let mut parser = Parser { tokens: tokens(text), at: 0, list: None };
    let expr = parser.sum()?;
    (parser.at == parser.tokens.len()).then_some(expr)
}

fn tokens(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let mut token = String::from(letter);
        if letter.is_alphanumeric() || letter == '_' {
            let number = letter.is_ascii_digit();
            while let Some(next) = letters.next_if(|c| c.is_alphanumeric() || *c == '_' || number && *c == '.') {
                token.push(next);
            }
        } else if matches!(letter, ':' | '.') && letters.peek() == Some(&letter) {
            token.extend(letters.next());
        }
        found.push(token);
    }
    found
}

struct Parser {
    tokens: Vec<String>,
    at: usize,
    /// The last argument, if it is a name: the list that a function of each runs over.
    list: Option<Vec<String>>,
}

impl Parser {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn eat(&mut self, token: &str) -> Option<()> {
        (self.peek() == token).then(|| self.at += 1)
    }

    fn word(&mut self) -> Option<String> {
        let token = self.peek();
        let is_word = token.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
        let word = is_word.then(|| token.to_owned())?;
        self.at += 1;
        Some(word)
    }

    fn sum(&mut self) -> Option<Expr> {
        let mut left = self.product()?;
        while matches!(self.peek(), "+" | "-") {
            let operator = self.peek().chars().next()?;
            self.at += 1;
            left = Expr::Binary(Box::new(left), operator, Box::new(self.product()?));
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Expr> {
        let mut left = self.postfix()?;
        while matches!(self.peek(), "*" | "/") {
            let operator = self.peek().chars().next()?;
            self.at += 1;
            left = Expr::Binary(Box::new(left), operator, Box::new(self.postfix()?));
        }
        Some(left)
    }

    fn postfix(&mut self) -> Option<Expr> {
        let mut value = self.primary()?;
        loop {
            if self.eat(".").is_some() {
                let name = self.word()?;
                value = if self.eat("(").is_some() {
                    Expr::Method(Box::new(value), name, self.arguments()?)
                } else if let Expr::Path(mut path) = value {
                    path.push(name);
                    Expr::Path(path)
                } else {
                    return None;
                };
            } else if self.eat("[").is_some() {
                // A part of a list, such as the first business: the list itself stands for it.
                let mut depth = 1;
                while depth > 0 {
                    match self.peek() {
                        "" => return None,
                        "[" => depth += 1,
                        "]" => depth -= 1,
                        _ => {}
                    }
                    self.at += 1;
                }
            } else {
                return Some(value);
            }
        }
    }

    fn primary(&mut self) -> Option<Expr> {
        if self.eat("(").is_some() {
            let inner = self.sum()?;
            self.eat(")")?;
            return Some(inner);
        }
        if self.eat("&").is_some() {
            return self.postfix();
        }
        if self.eat("-").is_some() {
            let zero = Expr::Number("0".to_owned());
            return Some(Expr::Binary(Box::new(zero), '-', Box::new(self.postfix()?)));
        }
        if self.eat("|").is_some() {
            // One of a list: the list's name stands for it.
            let (one, list) = (self.word()?, self.list.take());
            self.eat("|")?;
            let mut of_each = self.sum()?;
            if let Some(list) = list {
                rename(&mut of_each, &one, &list);
            }
            return Some(of_each);
        }
        if self.peek() == "if" {
            return self.either();
        }
        if self.peek().starts_with(|c: char| c.is_ascii_digit()) {
            let number = self.peek().to_owned();
            self.at += 1;
            return Some(Expr::Number(number));
        }
        let mut name = self.word()?;
        while self.eat("::").is_some() {
            name = format!("{name}::{}", self.word()?);
        }
        if self.eat("!").is_some() {
            self.eat("(")?;
            return self.arguments()?.into_iter().next();
        }
        if self.eat("(").is_some() {
            return Some(Expr::Call(name, self.arguments()?));
        }
        if name == "Ratio" && self.eat("{").is_some() {
            self.eat("of")?;
            self.eat(":")?;
            let part = self.sum()?;
            self.eat(",")?;
            self.eat("whole")?;
            self.eat(":")?;
            let whole = self.sum()?;
            self.eat("}")?;
            return Some(Expr::Binary(Box::new(part), '/', Box::new(whole)));
        }
        match name.as_str() {
            "Usd::ZERO" | "Decimal::ZERO" => Some(Expr::Number("0".to_owned())),
            "Decimal::ONE" => Some(Expr::Number("1".to_owned())),
            "WEEK" => Some(Expr::Number("5".to_owned())),
            _ => Some(Expr::Path(vec![name])),
        }
    }

    fn either(&mut self) -> Option<Expr> {
        self.eat("if")?;
        self.postfix()?;
        self.eat("{")?;
        let one = self.sum()?;
        self.eat("}")?;
        self.eat("else")?;
        self.eat("{")?;
        let other = self.sum()?;
        self.eat("}")?;
        Some(Expr::Either(Box::new(one), Box::new(other)))
    }

    fn arguments(&mut self) -> Option<Vec<Expr>> {
        let mut found = Vec::new();
        while self.eat(")").is_none() {
            let argument = self.sum()?;
            self.list = if let Expr::Path(path) = &argument { Some(path.clone()) } else { None };
            found.push(argument);
            if self.peek() != ")" {
                self.eat(",")?;
            }
        }
        Some(found)
    }
}

/// Puts the name of a list in place of the name of one of it.
fn rename(expr: &mut Expr, one: &str, list: &[String]) {
    match expr {
        Expr::Number(_) => {}
        Expr::Path(path) => {
            if path.first().is_some_and(|first| first == one) {
                path.splice(..1, list.iter().cloned());
            }
        }
        Expr::Binary(left, _, right) | Expr::Either(left, right) => {
            rename(left, one, list);
            rename(right, one, list);
        }
        Expr::Method(receiver, _, arguments) => {
            rename(receiver, one, list);
            arguments.iter_mut().for_each(|argument| rename(argument, one, list));
        }
        Expr::Call(_, arguments) => arguments.iter_mut().for_each(|argument| rename(argument, one, list)),
    }
}

/// Every path of an expression, in order.
pub(super) fn paths(expr: &Expr) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    walk(expr, &mut found);
    found
}

fn walk(expr: &Expr, found: &mut Vec<Vec<String>>) {
    match expr {
        Expr::Number(_) => {}
        Expr::Path(path) => found.push(path.clone()),
        Expr::Binary(left, _, right) | Expr::Either(left, right) => {
            walk(left, found);
            walk(right, found);
        }
        Expr::Method(receiver, _, arguments) => {
            walk(receiver, found);
            for argument in arguments {
                walk(argument, found);
            }
        }
        Expr::Call(_, arguments) => {
            for argument in arguments {
                walk(argument, found);
            }
        }
    }
}

/// Says an expression in words; `name` gives the words for a path.
pub(super) fn words(expr: &Expr, name: &dyn Fn(&[String]) -> String) -> String {
    let say = |expr: &Expr| words(expr, name);
    match expr {
        Expr::Number(number) => number.clone(),
        Expr::Path(path) => name(path),
        Expr::Binary(left, operator, right) => {
            let (left_words, right_words) =
                (operand(left, *operator, false, name), operand(right, *operator, true, name));
            let sign = match operator {
                '*' => "×",
                '/' => "÷",
                '-' => "−",
                _ => "+",
            };
            format!("{left_words} {sign} {right_words}")
        }
        Expr::Either(one, other) => format!("{} or {}, by the filing status", say(one), say(other)),
        Expr::Method(receiver, method, arguments) => {
            let value = say(receiver);
            let first = arguments.first().map(say).unwrap_or_default();
            match method.as_str() {
                method if method == "floor0" || method == "max" && first == "0" => format!("{value}, not below zero"),
                "min" => format!("the smaller of {value} and {first}"),
                "max" => format!("the larger of {value} and {first}"),
                "excess" => format!("{value} − {first}, not below zero"),
                "steps_started" => format!("the steps of {first} in {value}, a started one counting"),
                "full_steps" => format!("the full steps of {first} in {value}"),
                _ => value,
            }
        }
        Expr::Call(function, arguments) => {
            let all: Vec<String> = arguments.iter().map(say).collect();
            let last =
                |back: usize| all.len().checked_sub(back).and_then(|at| all.get(at)).cloned().unwrap_or_default();
            match function.as_str() {
                "refused" => "nothing: not modelled, and a household that has it is refused by name".to_owned(),
                "sum" | "Decimal::from" | "Usd::rounded" | "if_any" | "of_age" => last(1),
                "Ratio::of" | "per" => format!("{} ÷ {}", bracket(&last(2)), bracket(&last(1))),
                "if_positive" => format!("{}; if {} is not more than zero, {}", last(1), last(2), last(2)),
                "worksheets::tax" => format!("the tax on {}", last(2)),
                "with_deferrals" => format!("{}, with elective deferrals", last(1)),
                "without_deferrals" => format!("{}, without elective deferrals", last(1)),
                "three_or_more" => format!("{}, with three or more children", last(1)),
                _ => format!(
                    "by the rule of the line, from {}",
                    all.iter().filter(|words| !words.is_empty()).cloned().collect::<Vec<_>>().join(" and ")
                ),
            }
        }
    }
}

/// An operand, in brackets where its own operator would be misread.
fn operand(expr: &Expr, operator: char, right: bool, name: &dyn Fn(&[String]) -> String) -> String {
    let plain = words(expr, name);
    let loose = match expr {
        Expr::Binary(_, inner, _) => {
            let weak = matches!(inner, '+' | '-');
            weak && (matches!(operator, '*' | '/') || right && operator == '-') || right && operator == '/'
        }
        Expr::Method(_, method, _) => matches!(method.as_str(), "floor0" | "max" | "min" | "excess"),
        Expr::Either(..) => true,
        _ => false,
    };
    if loose { format!("({plain})") } else { plain }
}

fn bracket(words: &str) -> String {
    if words.contains(" + ") || words.contains(" − ") { format!("({words})") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let expr = parse(text).unwrap_or_else(|| panic!("cannot read {text}"));
        words(&expr, &|path| path.join("."))
    }

    #[test]
    fn expressions_are_said_in_words() {
        assert_eq!(said("l6.min(l9) * law.se.oasdi"), "(the smaller of l6 and l9) × law.se.oasdi");
        assert_eq!(said("sum(c, |c| c.l31)"), "c.l31");
        assert_eq!(said("sum(months, |month| month.premium - month.advance)"), "months.premium − months.advance");
        assert_eq!(said("(l2 + l3).floor0()"), "l2 + l3, not below zero");
        assert_eq!(said("l7.excess(l8d)"), "l7 − l8d, not below zero");
        assert_eq!(said("l3a * l2 * Ratio { of: l2_months, whole: 12 }"), "l3a × l2 × l2_months ÷ 12");
        assert_eq!(
            said("contract.gross - contract.costs - bare_tax - (job.value + contract.premium)"),
            "contract.gross − contract.costs − bare_tax − (job.value + contract.premium)"
        );
        assert_eq!(said("job.wage * dec!(1.5) * overtime"), "job.wage × 1.5 × overtime");
        assert_eq!(said("(-l16).floor0()"), "0 − l16, not below zero");
        assert_eq!(said("per(value, hours)"), "value ÷ hours");
    }
}
