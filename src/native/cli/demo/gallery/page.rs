//! The gallery as a page: no script, nothing from elsewhere, one file for each language.

use super::super::super::{Lang, Words};
use super::super::ready::READY;
use super::{Card, LANGUAGES};
use crate::plan::{Item, Mode, Plan, Scale, Text, burdens, pick, prose};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const TITLE: Words = Words { zh: "民评：从一个现成方案开始", en: "Minping: begin with a ready plan" };
const LEAD: Words = Words {
    zh: "群众满意度测评，从方案到公布结果。下面每个方案都可以当场试：像群众那样填，像调查员那样问，再看一份报告。",
    en: "Public satisfaction evaluation from the plan to the published result. Try each plan here: answer as a resident, ask as a canvasser, read a report.",
};
const PRIVATE: Words = Words {
    zh: "试填的答案加密后只存到这台电脑上的演示接收端。报告来自模拟的答卷，没有真人作答。",
    en: "What you answer is sealed and goes to the demo's receiver on this computer only. The reports are of simulated rounds: nobody was asked.",
};
const OFFICE: Words = Words { zh: "打开测评办公室", en: "Open the office" };
const GUIDE: Words = Words { zh: "一小时学会：从方案到报告", en: "In an hour from plan to report" };
const RESIDENT: Words = Words { zh: "当一回群众", en: "Try as a resident" };
const RATER: Words = Words { zh: "试填：", en: "Answer as: " };
const CANVASSER: Words = Words { zh: "当一回调查员", en: "Try as a canvasser" };
const REPORT: Words = Words { zh: "看报告", en: "See a report" };
const MAKING: Words = Words { zh: "报告正在生成，稍后刷新", en: "The report is being made; reload soon" };
const HERE: Words = Words { zh: "本方案的地址", en: "Address of this plan" };
const FACTS: Words = Words {
    zh: "{0} 个测评对象 · {1} 项指标 · {2} 种问卷 · 最长约 {3} 分钟",
    en: "Units: {0} · indicators: {1} · questionnaires: {2} · at most about {3} min",
};
const COLON: Words = Words { zh: "：", en: ": " };

/// Name of the page's file.
pub fn file(language: Lang) -> &'static str {
    match language {
        Lang::Zh => "index.html",
        Lang::En => "en.html",
    }
}

/// The whole page. `there` tells whether a card's report lies beside it.
pub fn page(cards: &[Card], language: Lang, there: &dyn Fn(&Card) -> bool) -> String {
    let say = |words: Words| words.of(language);
    let other = LANGUAGES.into_iter().find(|other| *other != language);
    html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'";
                link rel="icon" href="../icon.svg";
                title { (say(TITLE)) }
                style { (PreEscaped(include_str!("page.css"))) }
            }
            body {
                header {
                    nav {
                        a href="../office.html" { (say(OFFICE)) }
                        a href={ "../guides/" (language.tag()) "/clerk.html" } { (say(GUIDE)) }
                        @if let Some(other) = other {
                            a href=(file(other)) lang=(other.tag()) hreflang=(other.tag()) { (other.name()) }
                        }
                    }
                    h1 { (say(TITLE)) }
                    p class="lead" { (say(LEAD)) }
                    p class="soft" { (say(PRIVATE)) }
                }
                main { @for card in cards { (shown(card, language, there(card))) } }
            }
        }
    }
    .into_string()
}

fn shown(card: &Card, language: Lang, reported: bool) -> Markup {
    let plan = &card.ready.plan;
    let say = |words: Words| words.of(language);
    let text = |text: &Text| prose::plain(pick(text, language.tag(), &plan.languages[0]));
    let title = text(&plan.title);
    let purpose = READY.iter().find(|ready| card.is_of(ready)).map_or("", |ready| say(ready.purpose));
    let longest = burdens(&card.ready.published.text).iter().map(|burden| burden.minutes).fold(0.0, f64::max);
    let counts = [plan.units.len(), plan.leaf_indicators().len(), plan.questionnaires.len(), longest.ceil() as usize];
    let facts = counts.iter().enumerate().fold(say(FACTS).to_owned(), |facts, (at, count)| {
        facts.replace(&["{", &at.to_string(), "}"].concat(), &count.to_string())
    });
    // The way to the part, and who it is for where there are several.
    let group = |id: &Option<String>| id.as_ref().and_then(|id| plan.rater_group(id)).map(|group| text(&group.label));
    html! {
        article id=(card.id()) aria-labelledby={ (card.id()) "-title" } {
            (phone(plan, language))
            div class="about" {
                h2 id={ (card.id()) "-title" } { (title) }
                p { (purpose) }
                p class="soft" { (facts) }
                ul class="ways" {
                    @for (at, (id, address)) in card.links.iter().enumerate() {
                        li {
                            a class=(if at == 0 { "button" } else { "" }) href=(relative(address)) {
                                @match group(id).filter(|_| card.links.len() > 1) {
                                    Some(group) => { (say(RATER)) (group) }
                                    None => (say(RESIDENT))
                                }
                            }
                        }
                    }
                    @if plan.modes.iter().any(|mode| *mode != Mode::Web) {
                        li { a href={ "../field.html#/field/" (card.ready.published.listed.digest.as_str()) } { (say(CANVASSER)) } }
                    }
                    li {
                        @if reported { a href=(card.report(language)) { (say(REPORT)) } }
                        @else { span class="soft" { (say(MAKING)) } }
                    }
                    li { a href={ "#" (card.id()) } aria-label={ (say(HERE)) (say(COLON)) (title) } title=(say(HERE)) { "#" } }
                }
            }
        }
    }
}

/// The app lies beside the gallery, under whatever address it was reached.
fn relative(address: &str) -> String {
    let (_, token) = address.split_once("#/a/").expect("links of residents hold their token in the fragment");
    ["../index.html#/a/", token].concat()
}

/// The plan's first question with grades, as a phone shows it: a picture, for the eye only.
fn phone(plan: &Plan, language: Lang) -> Markup {
    let text = |text: &Text| prose::plain(pick(text, language.tag(), &plan.languages[0]));
    let graded = plan.questionnaires.iter().find_map(|asked| first_graded(plan, &asked.items));
    html! {
        div class="phone" aria-hidden="true" {
            div class="asker" { (text(&plan.asker)) }
            @if let Some((item, scale)) = graded {
                div class="question" { (text(&item.label)) }
                @let last = (scale.grades.len().max(2) - 1) as f64;
                @for (at, grade) in scale.grades.iter().enumerate() {
                    // From green to red over the scale.
                    @let hue = (145.0 - 135.0 * at as f64 / last).round();
                    div class="grade" style={ "--hue:" (hue) } { (text(&grade.label)) }
                }
            }
        }
    }
}

fn first_graded<'a>(plan: &'a Plan, items: &'a [Item]) -> Option<(&'a Item, &'a Scale)> {
    items.iter().find_map(|item| match item.scale.as_deref().and_then(|scale| plan.scale(scale)) {
        Some(scale) => Some((item, scale)),
        None => first_graded(plan, &item.items),
    })
}
