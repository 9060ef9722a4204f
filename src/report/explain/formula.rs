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
    /// One of two, by a condition; is it the filing status?
    Either(Box<Expr>, Box<Expr>, bool),
}

/// Reads an expression; `None` for a shape that form tables do not use.
pub(super) fn parse(text: &str) -> Option<Expr> {
    let mut parser = Parser { tokens: tokens(text), at: 0, over: None };
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
    /// The list that a closure runs over, and what it calls one of it.
    over: Option<(String, String)>,
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
                // One of a list of forms or facts, such as the spouse's, and a row of a table of law keep their place.
                if let Expr::Path(path) = &mut value
                    && let Some(list) = path.last_mut()
                    && self.peek().chars().all(|c| c.is_ascii_digit())
                {
                    *list = format!("{list}[{}]", self.peek());
                }
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
            let one = self.word()?;
            self.eat("|")?;
            if let Some((_, name)) = &mut self.over {
                *name = one;
            }
            return self.sum();
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
            // One of a list stands for the list.
            _ => match &self.over {
                Some((list, one)) if *one == name => Some(Expr::Path(vec![list.clone()])),
                _ => Some(Expr::Path(vec![name])),
            },
        }
    }

    /// A sum, or two of them compared.
    fn comparison(&mut self) -> Option<Expr> {
        let left = self.sum()?;
        let operator = match self.peek() {
            ">" => '>',
            "<" => '<',
            "=" => '=',
            "!" => '≠',
            _ => return Some(left),
        };
        self.at += 1;
        let or_equal = self.eat("=").is_some();
        let operator = match (operator, or_equal) {
            ('>', true) => '≥',
            ('<', true) => '≤',
            (operator, _) => operator,
        };
        Some(Expr::Binary(Box::new(left), operator, Box::new(self.sum()?)))
    }

    fn either(&mut self) -> Option<Expr> {
        self.eat("if")?;
        let from = self.at;
        self.comparison()?;
        let by_status = self.tokens[from..self.at].iter().any(|token| token == "status");
        self.eat("{")?;
        let one = self.sum()?;
        self.eat("}")?;
        self.eat("else")?;
        self.eat("{")?;
        let other = self.sum()?;
        self.eat("}")?;
        Some(Expr::Either(Box::new(one), Box::new(other), by_status))
    }

    fn arguments(&mut self) -> Option<Vec<Expr>> {
        let mut found = Vec::new();
        while self.eat(")").is_none() {
            found.push(self.comparison()?);
            if let [Expr::Path(path)] = found.as_slice() {
                self.over = path.first().map(|list| (list.clone(), String::new()));
            }
            if self.peek() != ")" {
                self.eat(",")?;
            }
        }
        Some(found)
    }
}

/// Every path of an expression, in order.
pub(super) fn paths(expr: &Expr) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    walk(expr, &mut found);
    found
}

/// Does a function in it read the law by itself, so that the expression does not name the figures?
#[cfg(test)]
pub(super) fn asks_law(expr: &Expr) -> bool {
    match expr {
        Expr::Number(_) | Expr::Path(_) => false,
        Expr::Binary(left, _, right) | Expr::Either(left, right, _) => asks_law(left) || asks_law(right),
        Expr::Method(receiver, _, arguments) => asks_law(receiver) || arguments.iter().any(asks_law),
        Expr::Call(_, arguments) => arguments.iter().any(|argument| is_law(argument) || asks_law(argument)),
    }
}

fn walk(expr: &Expr, found: &mut Vec<Vec<String>>) {
    match expr {
        Expr::Number(_) => {}
        Expr::Path(path) => found.push(path.clone()),
        Expr::Binary(left, _, right) | Expr::Either(left, right, _) => {
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

/// The expression without the terms of its sums that are left out.
pub(super) fn without(expr: Expr, left_out: &dyn Fn(&[String]) -> bool) -> Expr {
    let is_out = |expr: &Expr| matches!(expr, Expr::Path(path) if left_out(path));
    match expr {
        Expr::Binary(left, operator @ ('+' | '-'), right) => {
            let (left, right) = (without(*left, left_out), without(*right, left_out));
            match operator {
                _ if is_out(&right) => left,
                '+' if is_out(&left) => right,
                _ => Expr::Binary(Box::new(left), operator, Box::new(right)),
            }
        }
        Expr::Method(receiver, method, arguments) => {
            Expr::Method(Box::new(without(*receiver, left_out)), method, arguments)
        }
        other => other,
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
                '>' => "is more than",
                '<' => "is less than",
                '≥' => "is at least",
                '≤' => "is at most",
                '=' => "is",
                '≠' => "is not",
                _ => "+",
            };
            format!("{left_words} {sign} {right_words}")
        }
        Expr::Either(one, other, by_status) => {
            let by = if *by_status { "by the filing status" } else { "as the line says" };
            format!("{} or {}, {by}", say(one), say(other))
        }
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
                "sum" | "Decimal::from" | "Usd::rounded" | "if_any" | "of_age" | "whole_dollars" => last(1),
                "i64::from" => format!("1 if {}, else 0", last(1)),
                "Ratio::of" | "per" => format!("{} ÷ {}", bracket(&last(2)), bracket(&last(1))),
                "if_positive" => format!("{}; if {} is not more than zero, {}", last(1), last(2), last(2)),
                "worksheets::tax" => format!("the tax on {}", last(2)),
                "with_deferrals" => format!("{}, with elective deferrals", last(1)),
                "without_deferrals" => format!("{}, without elective deferrals", last(1)),
                "three_or_more" => format!("{}, with three or more children", last(1)),
                // A function of the law alone is the figure that it reads.
                _ => {
                    let said = arguments.iter().zip(&all).filter(|(_, words)| !words.is_empty());
                    match said.collect::<Vec<_>>().as_slice() {
                        [(argument, law)] if is_law(argument) => (*law).clone(),
                        from => {
                            let from: Vec<&str> = from.iter().map(|(_, words)| words.as_str()).collect();
                            format!("by the rule of the line, from {}", from.join(" and "))
                        }
                    }
                }
            }
        }
    }
}

/// Is it the law, or a function of the law alone?
fn is_law(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path == &["law"],
        Expr::Call(_, arguments) => matches!(arguments.as_slice(), [only] if is_law(only)),
        _ => false,
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
    fn what_a_form_does_not_print_leaves_its_sums() {
        let said = |text: &str| {
            let expr = without(parse(text).expect("an expression"), &|path| path[0].starts_with('x'));
            words(&expr, &|path| path.join("."))
        };
        assert_eq!(said("l1 + x2 + x3 + l4 - x5"), "l1 + l4");
        assert_eq!(said("x1 + l2"), "l2");
        assert_eq!(said("(l1 - x2).floor0()"), "l1, not below zero");
        assert_eq!(said("x1 - l2"), "x1 − l2");
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
        assert_eq!(said("if filer.status.has_boxes() { l1 } else { l2 }"), "l1 or l2, by the filing status");
        assert_eq!(said("if within(phase, l19) == 0 { Usd::ZERO } else { l26 }"), "0 or l26, as the line says");
        assert_eq!(said("i64::from(whole > basic + gifts)"), "1 if whole is more than basic + gifts, else 0");
        assert_eq!(said("i64::from(l2 <= l3)"), "1 if l2 is at most l3, else 0");
        assert_eq!(said("(-l16).floor0()"), "0 − l16, not below zero");
        assert_eq!(said("per(value, hours)"), "value ÷ hours");
        assert_eq!(
            said("earnings[1].total + l12 * law.gains.rates[1]"),
            "earnings[1].total + l12 × law.gains.rates[1]"
        );
    }
}
