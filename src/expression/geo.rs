//! Areas and lengths on the Earth, by the formulas of ODK: a sphere of the radius of the equator, rounded to centimetres.

use super::{Host, number};

const RADIUS: f64 = 6_378_100.0;

/// Latitude and longitude in degrees.
type Point = (f64, f64);

/// `latitude longitude [altitude [accuracy]]`
fn point(text: &str) -> Option<Point> {
    let mut parts = text.split_whitespace();
    let (latitude, longitude) = (number::parse(parts.next()?), number::parse(parts.next()?));
    (parts.count() <= 2 && latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then_some((latitude, longitude))
}

/// Whether a text is one point written as records have it: an accuracy is a distance.
pub(super) fn is_point(text: &str) -> bool {
    let mut parts = text.split(' ').map(number::parse);
    let whole = parts.by_ref().all(|part| !part.is_nan());
    whole && point(text).is_some() && text.split(' ').nth(3).is_none_or(|accuracy| number::parse(accuracy) >= 0.0)
}

/// A trace or shape has its points separated by `;`.
fn line(text: &str) -> Option<Vec<Point>> {
    let text = text.trim_end_matches(|c: char| c == ';' || c.is_whitespace());
    let points: Option<Vec<Point>> = text.split(';').map(point).collect();
    points.filter(|points| points.len() > 1)
}

/// Square metres (`area`) or metres along one trace, or along points in order; 0 for the area, NaN for the length of what
/// is neither.
pub(super) fn measure(area: bool, places: &[String], host: &dyn Host) -> f64 {
    let points = match places {
        [one] => line(one),
        several => several.iter().map(|place| point(place)).collect::<Option<Vec<_>>>().filter(|p| p.len() > 1),
    };
    let Some(mut points) = points else { return if area { 0.0 } else { f64::NAN } };
    if area && points.len() < 3 {
        return 0.0;
    }
    if area && points.first() != points.last() {
        points.push(points[0]);
    }
    let mut total = 0.0;
    for pair in points.windows(2) {
        let ((from, east), (to, west)) = (pair[0], pair[1]);
        let (from, to, turn) = (from.to_radians(), to.to_radians(), (west - east).to_radians());
        let sines = (host.math("sin", from, 0.0), host.math("sin", to, 0.0));
        total += if area {
            turn * (2.0 + sines.0 + sines.1)
        } else {
            let cosines = host.math("cos", from, 0.0) * host.math("cos", to, 0.0) * host.math("cos", turn, 0.0);
            // The rounding of the same place twice must not leave the domain.
            host.math("acos", (sines.0 * sines.1 + cosines).clamp(-1.0, 1.0), 0.0)
        };
    }
    let total = if area { total * RADIUS * RADIUS / 2.0 } else { total * RADIUS };
    number::round_to(total.abs(), 2.0)
}

/// Whether a point lies in a closed shape: a ray from it crosses the border an odd number of times.
pub(super) fn is_inside(place: &str, shape: &str) -> bool {
    let (Some((y, x)), Some(border)) = (point(place), line(shape)) else { return false };
    if border.first() != border.last() {
        return false;
    }
    let crossings = border.windows(2).filter(|pair| {
        let ((from_y, from_x), (to_y, to_x)) = (pair[0], pair[1]);
        (from_y > y) != (to_y > y) && x < (from_x - to_x) * (y - to_y) / (from_y - to_y) + to_x
    });
    crossings.count() % 2 == 1
}
