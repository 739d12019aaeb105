//! QR codes as lines, and those lines read back as a telephone reads them.

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;

/// A QR code: dark runs, in squares, as the path of an SVG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Squares on each side, without the quiet zone.
    pub size: usize,
    pub path: String,
}

/// Light squares around it.
const QUIET: usize = 4;
/// Dots of a square while it is read back.
const DOTS: usize = 4;
/// Up to so many bytes there is room for more correction: a torn corner does no harm.
const SHORT: usize = 90;

/// None: the text is too long.
pub fn draw(text: &str) -> Option<Drawing> {
    let correction = if text.len() <= SHORT { ECL::Q } else { ECL::L };
    let code = QRBuilder::new(text.as_bytes()).ecl(correction).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let from = x;
            while x < code.size && code[y][x].value() {
                x += 1;
            }
            if x > from {
                path.push_str(&format!("M{from} {y}h{}v1H{from}z", x - from));
            }
            x += 1;
        }
    }
    Some(Drawing { size: code.size, path })
}

impl Drawing {
    /// As an SVG of its own, dark on white, with its quiet zone.
    pub fn svg(&self, label: &str) -> maud::Markup {
        let side = self.size + 2 * QUIET;
        let frame = format!("-{QUIET} -{QUIET} {side} {side}");
        maud::html! {
            svg.qr viewBox=(frame) role="img" aria-label=(label) shape-rendering="crispEdges" {
                rect x=(format!("-{QUIET}")) y=(format!("-{QUIET}")) width=(side) height=(side) fill="#fff" {}
                path d=(self.path) fill="#000" {}
            }
        }
    }
}

/// What a reader makes of a drawing: its lines are painted on white and searched for a code. None: nothing can be read.
pub fn read_back(drawing: &Drawing) -> Option<String> {
    let side = (drawing.size + 2 * QUIET) * DOTS;
    let mut dark = vec![false; side * side];
    for run in drawing.path.split('M').skip(1) {
        let (x, rest) = run.split_once(' ')?;
        let (y, rest) = rest.split_once('h')?;
        let (width, _) = rest.split_once('v')?;
        let (x, y, width): (usize, usize, usize) = (x.parse().ok()?, y.parse().ok()?, width.parse().ok()?);
        for row in (y + QUIET) * DOTS..(y + QUIET + 1) * DOTS {
            let from = row * side + (x + QUIET) * DOTS;
            dark.get_mut(from..from + width * DOTS)?.fill(true);
        }
    }
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| match dark[y * side + x] {
        true => 0,
        false => 255,
    });
    let grids = image.detect_grids();
    let [grid] = &grids[..] else { return None };
    grid.decode().ok().map(|(_, text)| text)
}
