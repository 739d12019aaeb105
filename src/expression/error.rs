use super::{Function, MANY};
use std::fmt;

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// Byte position in the text.
    pub at: usize,
    pub fault: ExpressionFault,
}

/// What is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionFault {
    /// Nothing but spaces.
    Empty,
    /// The expression stops where a value has to follow.
    MissingValue,
    /// Something else stands where a value has to: what.
    NotAValue(String),
    /// Something else stands where an operator or the end has to: what.
    NotAnOperator(String),
    /// A character that no part begins with.
    UnknownCharacter(char),
    /// A text without its closing quote.
    OpenText,
    /// `${` without `}`, or without a name between.
    BadReference,
    /// A number with several points.
    BadNumber,
    /// A path that this language does not have: `//`, an attribute, a `/` that nothing follows.
    UnknownPath,
    /// A name that is neither in `${…}` nor a function call nor a step of a path.
    BareName(String),
    UnknownFunction(String),
    WrongArguments {
        function: Function,
        found: usize,
    },
    /// A `(` without its `)`.
    OpenParenthesis,
    /// A `[` without its `]`.
    OpenBracket,
    /// A `)` or `]` without its partner, or a `,` outside a call.
    Stray(char),
    /// More parts or levels than an expression may have.
    TooLarge,
}

// Written piece by piece: the answering app shows these messages and carries no formatting machinery for them.
impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.fault.describe(&mut text);
        f.write_str(&text)
    }
}

impl std::error::Error for ExpressionError {}

impl ExpressionError {
    /// The message in Chinese; [`fmt::Display`] gives the English one.
    pub fn to_chinese(&self) -> String {
        match &self.fault {
            ExpressionFault::Empty => "表达式是空的:请写上,或不写此成员".to_owned(),
            ExpressionFault::MissingValue => "表达式到此为止,后面还缺一个值".to_owned(),
            ExpressionFault::NotAValue(what) => format!("此处应为值,却是 `{what}`:请在它前面写一个值"),
            ExpressionFault::NotAnOperator(what) => format!("值后面直接跟着 `{what}`:请在中间写运算符,如 `and`"),
            ExpressionFault::UnknownCharacter(c) => {
                format!("`{c}` 在此没有意义:文字请加引号,题目名称请写成 `${{…}}`")
            }
            ExpressionFault::OpenText => "文字从此开始,却缺少结尾的引号".to_owned(),
            ExpressionFault::BadReference => {
                "`${` 后面应是题目名称和 `}`:以字母或 `_` 开头,后接字母、数字、`_`、`-`、`.`".to_owned()
            }
            ExpressionFault::BadNumber => "不是数字:请只写数字,至多一个小数点".to_owned(),
            ExpressionFault::UnknownPath => "此路径不可用:`/` 后面请写名称、`..` 或 `.`;`//` 和属性不支持".to_owned(),
            ExpressionFault::BareName(name) => {
                format!("`{name}` 不是值:指题目请写 `${{{name}}}`,指文字请写 `'{name}'`")
            }
            ExpressionFault::UnknownFunction(name) => {
                format!("没有函数 `{name}`:相近的有 {}", similar(name).join("、"))
            }
            ExpressionFault::WrongArguments { function, found } => {
                let (_, name, least, most) = Function::ALL[*function as usize];
                let count = match most {
                    MANY => format!("至少 {least}"),
                    _ if least == most => least.to_string(),
                    _ => format!("{least} 至 {most}"),
                };
                format!("`{name}` 需要 {count} 个值{},这里有 {found} 个", if pairs(*function) { "(成对)" } else { "" })
            }
            ExpressionFault::OpenParenthesis => "`(` 没有配对:请补上 `)`".to_owned(),
            ExpressionFault::OpenBracket => "`[` 没有配对:请补上 `]`".to_owned(),
            ExpressionFault::Stray(c) => format!("`{c}` 没有配对:请删去"),
            ExpressionFault::TooLarge => "表达式太长:请拆成几题".to_owned(),
        }
    }
}

impl ExpressionFault {
    fn describe(&self, text: &mut String) {
        let quote = |text: &mut String, before: &str, what: &str, after: &str| {
            text.push_str(before);
            text.push('`');
            text.push_str(what);
            text.push('`');
            text.push_str(after);
        };
        let mut buffer = [0; 4];
        match self {
            ExpressionFault::Empty => text.push_str("the expression is empty: write one, or leave the member out"),
            ExpressionFault::MissingValue => text.push_str("the expression stops where a value has to follow"),
            ExpressionFault::NotAValue(what) => {
                quote(text, "", what, " stands where a value has to: write a value before it")
            }
            ExpressionFault::NotAnOperator(what) => {
                quote(text, "", what, " follows a value directly: write an operator between, such as `and`")
            }
            ExpressionFault::UnknownCharacter(c) => {
                let c = c.encode_utf8(&mut buffer);
                quote(text, "", c, " has no meaning here: texts go into quotes, item names into `${…}`")
            }
            ExpressionFault::OpenText => text.push_str("a text begins here and its closing quote is missing"),
            ExpressionFault::BadReference => text.push_str(
                "`${` has to be followed by an item name and `}`: a letter or `_`, then letters, digits, `_`, `-`, `.`",
            ),
            ExpressionFault::BadNumber => text.push_str("not a decimal number: write digits with at most one point"),
            ExpressionFault::UnknownPath => text.push_str(
                "there is no such path: a name, `..` or `.` follows a `/`; `//` and attributes are not known",
            ),
            ExpressionFault::BareName(name) => {
                quote(text, "", name, " is no value: write `${");
                text.push_str(name);
                text.push_str("}` for the item, `'");
                text.push_str(name);
                text.push_str("'` for the text");
            }
            ExpressionFault::UnknownFunction(name) => {
                quote(text, "there is no function ", name, ": similar ones are ");
                text.push_str(&similar(name).join(", "));
            }
            ExpressionFault::WrongArguments { function, found } => {
                let (_, name, least, most) = Function::ALL[*function as usize];
                quote(text, "", name, " takes ");
                text.push(char::from(b'0' + least));
                if most != least {
                    text.push_str(if most == MANY { " or more" } else { " to " });
                    if most != MANY {
                        text.push(char::from(b'0' + most));
                    }
                }
                text.push_str(if most == 1 { " value" } else { " values" });
                text.push_str(match *found {
                    found if found < usize::from(least) => ": some are missing",
                    found if most == MANY || found <= usize::from(most) => ", in pairs: one is missing",
                    _ => ": remove the others",
                });
            }
            ExpressionFault::OpenParenthesis => text.push_str("`(` is never closed: add `)`"),
            ExpressionFault::OpenBracket => text.push_str("`[` is never closed: add `]`"),
            ExpressionFault::Stray(c) => {
                let c = c.encode_utf8(&mut buffer);
                quote(text, "", c, " belongs to nothing: remove it")
            }
            ExpressionFault::TooLarge => text.push_str("the expression is too large: split it over several items"),
        }
    }
}

/// Whether the values of a function come in pairs.
fn pairs(function: Function) -> bool {
    matches!(function, Function::IndexedRepeat | Function::WeightedChecklist)
}

/// Known functions that begin like `name`, in quotes; the commonest ones where none does.
fn similar(name: &str) -> Vec<String> {
    let known = || Function::ALL.iter().map(|f| f.1);
    let alike = |count: usize| -> Vec<&str> {
        let start = name.get(..count).unwrap_or(name);
        known().filter(|known| !start.is_empty() && known.starts_with(start)).collect()
    };
    let found = [5, 3, 2].into_iter().map(alike).find(|found| !found.is_empty());
    let found = found.unwrap_or_else(|| ["if", "not", "selected", "coalesce", "number", "string", "count"].to_vec());
    found.into_iter().map(|name| ["`", name, "`"].concat()).collect()
}
