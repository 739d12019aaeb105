use super::days::is_date;
use super::node::Node;
use super::{Code, Report, listed};

/// Members that count days from a round.
const OF_ROUND: [&str; 4] = ["from_day", "to_day", "relative_to", "round"];

/// When work steps are to be done.
pub(super) fn check(root: &Node, report: &mut Report) {
    let rounds = root.ids("rounds");
    for step in root.list("work_steps") {
        let own = ["from", "to"].into_iter().find(|member| step.has(member));
        if let Some(own) = own {
            for member in OF_ROUND.into_iter().filter(|member| step.has(member)) {
                report.add(Code::TwoCalendars, step.at(member), [member, own]);
            }
        }
        let begins = if own.is_some() { "from" } else { "from_day" };
        if step.value.is_object() && !step.has(begins) {
            report.add(Code::NoDay, &step.path, []);
        }
        let days = ["from", "to"].map(|member| {
            let day = step.text(member)?;
            if !is_date(day) {
                report.add(Code::BadDate, step.at(member), [day]);
            }
            is_date(day).then_some(day)
        });
        // Dates in this form sort as texts.
        if let [Some(from), Some(to)] = days
            && to < from
        {
            report.add(Code::EndsBeforeBegins, step.at("to"), [to, from]);
        }
        let number = |member: &str| step.value.get(member).and_then(|day| day.as_i64());
        if let (Some(from), Some(to)) = (number("from_day"), number("to_day"))
            && to < from
        {
            report.add(Code::EndsBeforeBegins, step.at("to_day"), [&to.to_string(), &from.to_string()]);
        }
        if let Some(round) = step.text("round").filter(|round| !rounds.contains(round)) {
            report.add(Code::UnknownReference, step.at("round"), [round, "rounds", &listed(rounds.iter().copied())]);
        }
    }
}
