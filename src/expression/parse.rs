use super::lex::{Token, lex};
use super::{Binary, Expression, ExpressionError, ExpressionFault, Function, MANY, MOST_STEPS, Step};

const MOST_LEVELS: usize = 200;

/// Predicates inside predicates: each is evaluated for every node of the one around it.
const MOST_PREDICATES: usize = 8;

pub(super) fn parse(text: &str, columns: bool) -> Result<Expression, ExpressionError> {
    let tokens = lex(text)?;
    if tokens.is_empty() {
        return Err(ExpressionError { at: 0, fault: ExpressionFault::Empty });
    }
    let expression = Expression { steps: Vec::new(), places: Vec::new() };
    let mut parser =
        Parser { text, tokens, next: 0, expression, level: 0, predicates: 0, columns, items: !columns, every: false };
    parser.binary(0)?;
    match parser.peek() {
        None => Ok(parser.expression),
        Some(Token::Mark(mark @ (b')' | b']' | b','))) => parser.fail(ExpressionFault::Stray(char::from(mark))),
        Some(_) => parser.fail(ExpressionFault::NotAnOperator(parser.found())),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(usize, usize, Token<'a>)>,
    next: usize,
    expression: Expression,
    level: usize,
    predicates: usize,
    /// Names outside predicates are columns of a choice list.
    columns: bool,
    /// Whether the names that follow are items, or columns.
    items: bool,
    /// The next reference means all instances, wherever the expression stands.
    every: bool,
}

/// How tightly an operator binds; all are left-associative (XPath section 3.5).
pub(super) fn binding(operator: Binary) -> usize {
    match operator {
        Binary::Or => 1,
        Binary::And => 2,
        Binary::Equal | Binary::NotEqual => 3,
        Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual => 4,
        Binary::Plus | Binary::Minus => 5,
        Binary::Times | Binary::Div | Binary::Mod => 6,
        // Tighter than the unary minus.
        Binary::Union => 7,
    }
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.next).map(|t| t.2)
    }

    fn is_at(&self, mark: u8) -> bool {
        self.peek() == Some(Token::Mark(mark))
    }

    /// Where the next part stands, or the end.
    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.text.len(), |t| t.0)
    }

    /// The next part as it is written.
    fn found(&self) -> String {
        self.tokens.get(self.next).map_or(String::new(), |t| self.text[t.0..t.0 + t.1].to_owned())
    }

    fn fail<T>(&self, fault: ExpressionFault) -> Result<T, ExpressionError> {
        Err(ExpressionError { at: self.at(), fault })
    }

    fn push(&mut self, at: usize, step: Step) -> Result<(), ExpressionError> {
        if self.expression.steps.len() == MOST_STEPS {
            return self.fail(ExpressionFault::TooLarge);
        }
        self.expression.steps.push(step);
        self.expression.places.push(at as u32);
        Ok(())
    }

    fn binary(&mut self, weakest: usize) -> Result<(), ExpressionError> {
        if self.level == MOST_LEVELS {
            return self.fail(ExpressionFault::TooLarge);
        }
        self.level += 1;
        let mut signs = 0;
        let sign = self.at();
        while self.peek() == Some(Token::Operator(Binary::Minus)) {
            self.next += 1;
            signs += 1;
        }
        self.path()?;
        while signs > 0 {
            // A union under the sign: `-a | b` is `-(a | b)`.
            while self.peek() == Some(Token::Operator(Binary::Union)) {
                self.operator(Binary::Union)?;
            }
            self.push(sign, Step::Negate)?;
            signs -= 1;
        }
        while let Some(Token::Operator(operator)) = self.peek() {
            if binding(operator) <= weakest {
                break;
            }
            self.operator(operator)?;
        }
        self.level -= 1;
        Ok(())
    }

    /// An operator, and what is right of it.
    fn operator(&mut self, operator: Binary) -> Result<(), ExpressionError> {
        let at = self.at();
        self.next += 1;
        self.binary(binding(operator))?;
        self.push(at, Step::Binary(operator))
    }

    /// A value, and the steps and predicates after it.
    fn path(&mut self) -> Result<(), ExpressionError> {
        let Some(token) = self.peek() else {
            return self.fail(ExpressionFault::MissingValue);
        };
        let at = self.at();
        let around = self.items;
        let every = std::mem::take(&mut self.every);
        match token {
            Token::Text(text) => {
                self.push(at, Step::Text(text.to_owned()))?;
                self.next += 1;
                return Ok(());
            }
            Token::Number(number) => {
                self.push(at, Step::Number(number))?;
                self.next += 1;
                return Ok(());
            }
            Token::Reference(name) => {
                self.next += 1;
                self.reference(at, name, every)?;
            }
            Token::Own => {
                self.next += 1;
                let node = self.predicates > 0 || self.columns || self.is_at(b'/') || self.is_at(b'[');
                self.push(at, if node { Step::Context } else { Step::Own })?;
            }
            Token::Parent => {
                self.next += 1;
                self.push(at, Step::Context)?;
                self.push(at, Step::Parent)?;
            }
            Token::Name(name) if self.predicates > 0 || self.columns => {
                self.next += 1;
                self.push(at, Step::Context)?;
                self.child(at, name)?;
            }
            Token::Name(name) => return self.fail(ExpressionFault::BareName(name.to_owned())),
            // Names are unique in a questionnaire, so the last one of an absolute path says which item is meant.
            Token::Mark(b'/') => {
                let mut last = None;
                while self.is_at(b'/') {
                    self.next += 1;
                    match self.peek() {
                        Some(Token::Name(name)) if name != "*" => last = Some(name),
                        _ => return self.fail(ExpressionFault::UnknownPath),
                    }
                    self.next += 1;
                }
                if let Some(name) = last {
                    self.reference(at, name, every)?;
                }
            }
            Token::Function(name) => self.call(name)?,
            Token::Mark(b'(') => {
                self.next += 1;
                self.binary(0)?;
                self.close(at, b')')?;
            }
            Token::Operator(_) | Token::Mark(_) => return self.fail(ExpressionFault::NotAValue(self.found())),
        }
        self.trail()?;
        self.items = around;
        Ok(())
    }

    fn reference(&mut self, at: usize, name: &str, every: bool) -> Result<(), ExpressionError> {
        self.items = true;
        let name = name.to_owned();
        let path = self.is_at(b'/') || self.is_at(b'[');
        self.push(at, if every || path { Step::Find(name, every) } else { Step::Reference(name) })
    }

    fn child(&mut self, at: usize, name: &str) -> Result<(), ExpressionError> {
        let item = self.items && name != "*";
        self.push(at, Step::Child(name.to_owned(), item))
    }

    /// `/step` and `[predicate]`, as often as they come.
    fn trail(&mut self) -> Result<(), ExpressionError> {
        loop {
            let open = self.at();
            if self.is_at(b'/') {
                self.next += 1;
                let at = self.at();
                match self.peek() {
                    Some(Token::Name(name)) => self.child(at, name)?,
                    Some(Token::Parent) => self.push(at, Step::Parent)?,
                    Some(Token::Own) => {}
                    _ => return self.fail(ExpressionFault::UnknownPath),
                }
                self.next += 1;
            } else if self.is_at(b'[') {
                if self.predicates == MOST_PREDICATES {
                    return self.fail(ExpressionFault::TooLarge);
                }
                self.next += 1;
                self.push(open, Step::Filter(0))?;
                let start = self.expression.steps.len();
                let items = self.items;
                self.predicates += 1;
                self.binary(0)?;
                self.predicates -= 1;
                self.items = items;
                self.close(open, b']')?;
                self.expression.steps[start - 1] = Step::Filter(self.expression.steps.len() - start);
            } else {
                return Ok(());
            }
        }
    }

    /// Takes the closing mark of what was opened at `open`.
    fn close(&mut self, open: usize, mark: u8) -> Result<(), ExpressionError> {
        match self.peek() {
            Some(Token::Mark(found)) if found == mark => {
                self.next += 1;
                Ok(())
            }
            Some(Token::Mark(found @ (b')' | b']' | b','))) => self.fail(ExpressionFault::Stray(char::from(found))),
            Some(_) => self.fail(ExpressionFault::NotAnOperator(self.found())),
            None if mark == b']' => Err(ExpressionError { at: open, fault: ExpressionFault::OpenBracket }),
            None => Err(ExpressionError { at: open, fault: ExpressionFault::OpenParenthesis }),
        }
    }

    fn call(&mut self, name: &str) -> Result<(), ExpressionError> {
        let at = self.at();
        let Some(&(function, _, least, most)) = Function::ALL.iter().find(|f| f.1 == name) else {
            return self.fail(ExpressionFault::UnknownFunction(name.to_owned()));
        };
        self.next += 1;
        let open = self.at();
        self.next += 1;
        let mut found = 0;
        if !self.is_at(b')') {
            loop {
                // The item and the repeats: all of them, for the numbers say which.
                self.every = function == Function::IndexedRepeat && (found == 0 || found % 2 == 1);
                self.binary(0)?;
                self.every = false;
                found += 1;
                if !self.is_at(b',') {
                    break;
                }
                self.next += 1;
            }
        }
        self.close(open, b')')?;
        let paired = match function {
            Function::IndexedRepeat => found % 2 == 1,
            Function::WeightedChecklist => found % 2 == 0,
            _ => true,
        };
        if found < usize::from(least) || (most != MANY && found > usize::from(most)) || !paired {
            return Err(ExpressionError { at, fault: ExpressionFault::WrongArguments { function, found } });
        }
        self.items = function != Function::Instance;
        self.push(at, Step::Call(function, found))
    }
}
