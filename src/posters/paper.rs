use super::Poster;
use super::told::said;
use crate::language::{Language, Words};
use crate::plan::{Plan, Text};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("paper.css");

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Layout {
    /// A poster on each A4 page
    #[default]
    A4,
    /// Cards, eight on an A4 page, with lines to cut along
    Cards8,
    /// Cards, ten on an A4 page, with lines to cut along
    Cards10,
}

impl Layout {
    pub const ALL: [Layout; 3] = [Layout::A4, Layout::Cards8, Layout::Cards10];

    pub fn code(self) -> &'static str {
        ["a4", "cards8", "cards10"][self as usize]
    }

    pub fn words(self) -> Words {
        match self {
            Layout::A4 => Words::pair("海报：每张 A4 一幅", "posters: one on each A4 page"),
            Layout::Cards8 => Words::pair("卡片：每张 A4 八张", "cards: eight on an A4 page"),
            Layout::Cards10 => Words::pair("卡片：每张 A4 十张", "cards: ten on an A4 page"),
        }
    }
}

const SCAN: Words = Words::pair("用手机扫一扫，说说您的看法", "Scan with your phone and say what you think");
const TYPED: Words =
    Words::pair("扫不了码？在手机浏览器里输入：", "Cannot scan? Type this address into your phone's browser:");
/// The same on a card.
const TYPE: Words = Words::pair("扫不了？手机输入", "Cannot scan? Type");
const ONCE: Words = Words::pair("一码一份，只计一次", "One code, one answer");
const OF: Words = Words::pair("第 {0} 张，共 {1} 张", "No. {0} of {1}");
const UNTIL: Words = Words::pair("截止日期：{0}", "Until {0}");
const LABEL: Words = Words::pair("打开问卷的二维码", "QR code that opens the questionnaire");
const HEAD: Words = Words::pair("海报和卡片", "Posters and cards");

/// Everything on paper, as one HTML file that loads nothing. `tags`: languages of the plan in which it speaks, the first in large
/// type; one or two.
pub fn paper(plan: &Plan, posters: &[Poster], layout: Layout, tags: &[String]) -> String {
    let paper = Paper { plan, tags };
    let pages = match layout {
        Layout::A4 => posters.iter().map(|poster| paper.poster(poster)).collect::<Vec<_>>(),
        Layout::Cards8 => paper.cards(posters, 8),
        Layout::Cards10 => paper.cards(posters, 10),
    };
    let title = [&said(plan, &plan.title, paper.tag()), ": ", HEAD.of(paper.language(paper.tag()))].concat();
    let page = html! {
        (DOCTYPE)
        html lang=(paper.tag()) {
            head {
                meta charset="utf-8";
                meta name="generator" content="minping";
                meta name="robots" content="noindex";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { @for page in &pages { (page) } }
        }
    };
    page.into_string()
}

struct Paper<'a> {
    plan: &'a Plan,
    tags: &'a [String],
}

impl Paper<'_> {
    fn tag(&self) -> &str {
        self.tags.first().map_or("zh", String::as_str)
    }

    /// The language of ours that stands beside a text of the plan.
    fn language(&self, tag: &str) -> Language {
        Language::read(tag).unwrap_or(Language::Zh)
    }

    /// Our words in each language that is printed, each once.
    fn ours(&self, words: Words) -> Vec<&'static str> {
        let mut all: Vec<&'static str> = Vec::new();
        for tag in self.tags {
            let text = words.of(self.language(tag));
            if !all.contains(&text) {
                all.push(text);
            }
        }
        all
    }

    /// A text of the plan in each language that is printed, each once, with its tag.
    fn theirs<'b>(&'b self, text: &Text) -> Vec<(&'b str, String)> {
        let mut all: Vec<(&str, String)> = Vec::new();
        for tag in self.tags {
            let text = said(self.plan, text, tag);
            if !text.is_empty() && !all.iter().any(|(_, known)| *known == text) {
                all.push((tag, text));
            }
        }
        all
    }

    fn closes(&self, poster: &Poster) -> Option<&str> {
        self.plan.round(&poster.link.round)?.closes.as_deref()
    }

    fn place(&self, poster: &Poster) -> Option<String> {
        match poster.name.is_empty() {
            false => Some(poster.name.clone()),
            true if poster.link.place.is_empty() => None,
            true => Some(said(self.plan, &poster.link.place, self.tag())),
        }
    }

    fn typed(&self, poster: &Poster) -> Markup {
        html! {
            @if let Some(short) = &poster.short {
                div.typed { @for text in self.ours(TYPED) { p { (text) } } b { (bare(short)) } }
            }
        }
    }

    fn poster(&self, poster: &Poster) -> Markup {
        html! {
            section.sheet.poster {
                @for (at, (tag, text)) in self.theirs(&self.plan.asker).into_iter().enumerate() { p.asker.en[at > 0] lang=(tag) { (text) } }
                @for (tag, title) in self.theirs(&self.plan.title) { h1 lang=(tag) { (title) } }
                @if let Some(place) = self.place(poster) { p.place { (place) } }
                @if !poster.note.is_empty() { p.note { (poster.note) } }
                @for text in self.ours(SCAN) { p.scan { (text) } }
                (poster.drawing.svg(LABEL.of(self.language(self.tag()))))
                (self.typed(poster))
                @for (at, (tag, text)) in self.theirs(&self.plan.purpose).into_iter().enumerate() {
                    p.why.en[at > 0] lang=(tag) { (text) }
                }
                @for (at, (tag, text)) in self.theirs(&self.plan.privacy.notice).into_iter().enumerate() {
                    p.private.en[at > 0] lang=(tag) { (first_sentence(&text)) }
                }
                @if let Some((at, all)) = poster.serial {
                    p.note { (self.ours(ONCE).join(" · ")) " · " (OF.count(self.language(self.tag()), &[at, all])) }
                }
                @if let Some(day) = self.closes(poster) { p.note { (UNTIL.fill(self.language(self.tag()), &[day])) } }
            }
        }
    }

    fn cards(&self, posters: &[Poster], many: usize) -> Vec<Markup> {
        let sheet = |sheet: &[Poster]| html! { section class={ "sheet cards of" (many) } { @for one in sheet { (self.card(one)) } } };
        posters.chunks(many).map(sheet).collect()
    }

    fn card(&self, poster: &Poster) -> Markup {
        let language = self.language(self.tag());
        let notice = said(self.plan, &self.plan.privacy.notice, self.tag());
        html! {
            article.card {
                (poster.drawing.svg(LABEL.of(language)))
                div.words {
                    h2 { (said(self.plan, &self.plan.title, self.tag())) }
                    p.asker { (said(self.plan, &self.plan.asker, self.tag())) }
                    @if let Some(place) = self.place(poster) { p.place { (place) } }
                    @for (at, text) in self.ours(SCAN).into_iter().enumerate() { p.scan.en[at > 0] { (text) } }
                    p { (first_sentence(&notice)) }
                }
                div.foot {
                    @if let Some(short) = &poster.short { p { (TYPE.of(language)) " " b { (bare(short)) } } }
                    @if let Some((at, all)) = poster.serial { p { (ONCE.of(language)) " · " (OF.count(language, &[at, all])) } }
                }
            }
        }
    }
}

/// An address as people type it.
fn bare(address: &str) -> &str {
    address.strip_prefix("https://").unwrap_or(address)
}

/// Up to the first full stop, or all of it.
fn first_sentence(text: &str) -> &str {
    let ends = |(at, letter): (usize, char)| {
        let after = at + letter.len_utf8();
        let stop = match letter {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => text[after..].is_empty() || text[after..].starts_with(' '),
            _ => false,
        };
        // A greeting says nothing yet.
        (stop && text[..after].chars().count() >= 8).then_some(after)
    };
    text.char_indices().find_map(ends).map_or(text, |end| &text[..end])
}
