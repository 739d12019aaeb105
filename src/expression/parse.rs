use super::lex::{Token, lex};
use super::{Binary, Expression, ExpressionError, ExpressionFault, Function, Step};

const MOST_STEPS: usize = 1000;
const MOST_LEVELS: usize = 50;

pub(super) fn parse(text: &str) -> Result<Expression, ExpressionError> {
    let tokens = lex(text)?;
    if tokens.is_empty() {
        return Err(ExpressionError { at: 0, fault: ExpressionFault::Empty });
    }
    let mut parser = Parser { text, tokens, next: 0, steps: Vec::new(), level: 0 };
    parser.binary(0)?;
    match parser.peek() {
        None => Ok(Expression { steps: parser.steps }),
        Some(Token::Close) => parser.fail(ExpressionFault::Stray(')')),
        Some(Token::Comma) => parser.fail(ExpressionFault::Stray(',')),
        Some(_) => parser.fail(ExpressionFault::NotAnOperator(parser.found())),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(usize, usize, Token<'a>)>,
    next: usize,
    steps: Vec<Step>,
    level: usize,
}

/// How tightly an operator binds; all are left-associative (XPath section 3.5).
fn binding(operator: Binary) -> usize {
    match operator {
        Binary::Or => 1,
        Binary::And => 2,
        Binary::Equal | Binary::NotEqual => 3,
        Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual => 4,
        Binary::Plus | Binary::Minus => 5,
        Binary::Times | Binary::Div | Binary::Mod => 6,
    }
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.next).map(|t| &t.2)
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

    fn push(&mut self, step: Step) -> Result<(), ExpressionError> {
        if self.steps.len() == MOST_STEPS {
            return self.fail(ExpressionFault::TooLarge);
        }
        self.steps.push(step);
        Ok(())
    }

    fn binary(&mut self, weakest: usize) -> Result<(), ExpressionError> {
        if self.level == MOST_LEVELS {
            return self.fail(ExpressionFault::TooLarge);
        }
        self.level += 1;
        self.unary()?;
        while let Some(&Token::Operator(operator)) = self.peek() {
            let strength = binding(operator);
            if strength <= weakest {
                break;
            }
            self.next += 1;
            self.binary(strength)?;
            self.push(Step::Binary(operator))?;
        }
        self.level -= 1;
        Ok(())
    }

    fn unary(&mut self) -> Result<(), ExpressionError> {
        let mut signs = 0;
        while self.peek() == Some(&Token::Operator(Binary::Minus)) {
            self.next += 1;
            signs += 1;
        }
        self.primary()?;
        for _ in 0..signs {
            self.push(Step::Negate)?;
        }
        Ok(())
    }

    fn primary(&mut self) -> Result<(), ExpressionError> {
        let Some(token) = self.peek().cloned() else {
            return self.fail(ExpressionFault::MissingValue);
        };
        let step = match token {
            Token::Text(text) => Step::Text(text.to_owned()),
            Token::Number(number) => Step::Number(number),
            Token::Reference(name) => Step::Reference(name.to_owned()),
            Token::Own => Step::Own,
            Token::Function(name) => return self.call(name),
            Token::Open => {
                let at = self.at();
                self.next += 1;
                self.binary(0)?;
                return self.close(at);
            }
            Token::Operator(_) | Token::Close | Token::Comma => {
                return self.fail(ExpressionFault::NotAValue(self.found()));
            }
        };
        self.push(step)?;
        self.next += 1;
        Ok(())
    }

    /// Takes the `)` of the `(` at `open`.
    fn close(&mut self, open: usize) -> Result<(), ExpressionError> {
        match self.peek() {
            Some(Token::Close) => {
                self.next += 1;
                Ok(())
            }
            Some(Token::Comma) => self.fail(ExpressionFault::Stray(',')),
            Some(_) => self.fail(ExpressionFault::NotAnOperator(self.found())),
            None => Err(ExpressionError { at: open, fault: ExpressionFault::OpenParenthesis }),
        }
    }

    fn call(&mut self, name: &str) -> Result<(), ExpressionError> {
        let at = self.at();
        let Some(&(function, _, wanted)) = Function::ALL.iter().find(|f| f.1 == name) else {
            return self.fail(ExpressionFault::UnknownFunction(name.to_owned()));
        };
        self.next += 1;
        let open = self.at();
        self.next += 1;
        let mut found = 0;
        if self.peek() != Some(&Token::Close) {
            loop {
                self.binary(0)?;
                found += 1;
                if self.peek() != Some(&Token::Comma) {
                    break;
                }
                self.next += 1;
            }
        }
        self.close(open)?;
        if found != wanted {
            return Err(ExpressionError { at, fault: ExpressionFault::WrongArguments { function, found } });
        }
        self.push(Step::Call(function, found))
    }
}
