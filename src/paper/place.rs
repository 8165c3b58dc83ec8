//! Where everything stands: blocks from top to bottom, and what is left out so that they fit.

use super::{
    chart,
    letters::{Letters, Line, Weight},
    sheet::{Body, Chart, Section, Sheet, Table},
};

/// A4, points (1/72 inch).
pub const PAGE: [f32; 2] = [595.28, 841.89];
const SIDE: f32 = 44.0;
const TOP: f32 = 36.0;
const BOTTOM: f32 = 30.0;
const WIDTH: f32 = PAGE[0] - 2.0 * SIDE;
const GAP: f32 = 18.0;
const CHARTS: usize = 3;
const TITLE: f32 = 17.0;
const HEADING: f32 = 9.8;
const BODY: f32 = 8.3;
const SMALL: f32 = 7.1;
/// From one line to the next, in times of the size.
const LEAD: f32 = 1.36;
/// From the upper edge of a line to what letters stand on, in times of the size.
const BASE: f32 = 1.02;
/// No section of a page has room for more parts.
const MOST: usize = 48;
/// Nobody's words take more lines than this.
const LONGEST: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    Ink,
    Faint,
    Accent,
    Band,
    Line,
}

/// Something that is drawn, from the upper left corner of its block.
#[derive(Debug, Clone)]
pub enum Piece {
    /// `place`: where its first letter stands.
    Text {
        place: [f32; 2],
        size: f32,
        colour: Colour,
        line: Line,
    },
    Stroke {
        points: Vec<[f32; 2]>,
        width: f32,
        colour: Colour,
    },
    Fill {
        points: Vec<[f32; 2]>,
        colour: Colour,
    },
    Dot {
        place: [f32; 2],
        radius: f32,
        colour: Colour,
    },
}

/// What a part of the page is, for those who hear it read.
#[derive(Debug, Clone)]
pub enum Kind {
    Title(String),
    Heading(String),
    Words,
    Table,
    Row,
    ColumnName,
    RowName,
    Cell,
    /// With what it shows, in words.
    Figure(String),
    Caption,
    /// Rules between things: nothing to be read.
    Ornament,
}

/// A part of the page, with what is in it in the order of reading.
#[derive(Debug, Clone)]
pub struct Node {
    pub kind: Kind,
    pub pieces: Vec<Piece>,
    pub inside: Vec<Self>,
}

/// Parts with their room.
#[derive(Debug, Clone, Default)]
pub struct Block {
    pub nodes: Vec<Node>,
    pub height: f32,
}

/// A block and where its upper left corner is on the page.
pub struct Placed {
    pub at: [f32; 2],
    pub block: Block,
}

impl Node {
    const fn new(kind: Kind, pieces: Vec<Piece>) -> Self {
        Self { kind, pieces, inside: Vec::new() }
    }

    const fn of(kind: Kind, inside: Vec<Self>) -> Self {
        Self { kind, pieces: Vec::new(), inside }
    }

    /// Everything in it, so much further right and down.
    fn moved(mut self, by: [f32; 2]) -> Self {
        self.pieces.iter_mut().for_each(|piece| piece.shift(by));
        self.inside = self.inside.into_iter().map(|node| node.moved(by)).collect();
        self
    }
}

impl Piece {
    fn shift(&mut self, [x, y]: [f32; 2]) {
        let shift = |place: &mut [f32; 2]| *place = [place[0] + x, place[1] + y];
        match self {
            Self::Text { place, .. } | Self::Dot { place, .. } => shift(place),
            Self::Stroke { points, .. } | Self::Fill { points, .. } => points.iter_mut().for_each(shift),
        }
    }
}

impl Block {
    /// Puts something below what is there.
    fn add(&mut self, kind: Kind, pieces: Vec<Piece>, height: f32) {
        let node = Node::new(kind, pieces).moved([0.0, self.height]);
        self.nodes.push(node);
        self.height += height;
    }
}

/// All blocks of the page. `more` says that so many parts of a section were left out.
pub fn page(letters: &Letters, sheet: &Sheet, more: &dyn Fn(usize) -> String) -> Vec<Placed> {
    let (head, foot) = (head(letters, sheet), foot(letters, sheet));
    let room = PAGE[1] - TOP - BOTTOM - head.height - foot.height;
    let mut shown: Vec<Vec<usize>> = sheet
        .rows
        .iter()
        .map(|row| row.iter().map(|section| section.body.parts().min(MOST)).collect())
        .collect();
    let mut rows = rows(letters, sheet, &shown, more);
    while height(&rows) > room && leave_out(sheet, &rows, &mut shown) {
        rows = self::rows(letters, sheet, &shown, more);
    }
    // What room is left stands between the rows, as long as they still belong together.
    let spare = ((room - height(&rows)) / (rows.len().max(1) as f32)).clamp(0.0, 9.0);
    let mut all = Vec::new();
    let mut y = TOP + head.height;
    all.push(Placed { at: [SIDE, TOP], block: head });
    for row in rows {
        let tall = row.iter().map(|(_, block)| block.height).fold(0.0, f32::max);
        all.extend(row.into_iter().map(|(x, block)| Placed { at: [SIDE + x, y], block }));
        y += tall + spare;
    }
    all.push(Placed { at: [SIDE, PAGE[1] - BOTTOM - foot.height], block: foot });
    all
}

type Rows = Vec<Vec<(f32, Block)>>;

fn height(rows: &Rows) -> f32 {
    rows.iter().map(|row| row.iter().map(|(_, block)| block.height).fold(0.0, f32::max)).sum()
}

fn rows(letters: &Letters, sheet: &Sheet, shown: &[Vec<usize>], more: &dyn Fn(usize) -> String) -> Rows {
    let row = |(row, shown): (&Vec<Section>, &Vec<usize>)| {
        let room = WIDTH - GAP * (row.len().max(1) - 1) as f32;
        let whole: f32 = row.iter().map(|section| section.share).sum();
        let mut x = 0.0;
        let block = |(part, shown): (&Section, &usize)| {
            let (at, width) = (x, room * part.share / whole);
            x += width + GAP;
            (at, section(letters, part, width, *shown, more))
        };
        row.iter().zip(shown).map(block).collect()
    };
    sheet.rows.iter().zip(shown).map(row).collect()
}

/// One part less, of the section that matters least; `false` where that makes nothing shorter any more.
fn leave_out(sheet: &Sheet, rows: &Rows, shown: &mut [Vec<usize>]) -> bool {
    let mut least: Option<(u8, usize, &Section, &mut usize)> = None;
    for ((row, blocks), shown) in sheet.rows.iter().zip(rows).zip(shown) {
        let tall = blocks.iter().map(|(_, block)| block.height).fold(0.0, f32::max);
        for ((section, (_, block)), shown) in row.iter().zip(blocks).zip(shown) {
            // Of two that matter as little, the longer one; beside a higher one nothing is won.
            let rank = (section.weight, usize::MAX - *shown);
            if *shown > section.least
                && block.height > tall - 1.0
                && least.as_ref().is_none_or(|(weight, length, ..)| rank < (*weight, *length))
            {
                least = Some((rank.0, rank.1, section, shown));
            }
        }
    }
    let Some((_, _, section, shown)) = least else { return false };
    let step = if matches!(section.body, Body::Charts(_)) { (*shown - 1) % CHARTS + 1 } else { 1 };
    *shown = (*shown - step.min(*shown)).max(section.least);
    true
}

fn text(place: [f32; 2], size: f32, colour: Colour, line: Line) -> Piece {
    Piece::Text { place: [place[0], place[1] + size * BASE], size, colour, line }
}

/// Lines below each other, and their height.
fn lines(lines: Vec<Line>, x: f32, y: f32, size: f32, colour: Colour) -> (Vec<Piece>, f32) {
    let height = lines.len() as f32 * size * LEAD;
    let piece = |(n, line)| text([x, y + n as f32 * size * LEAD], size, colour, line);
    (lines.into_iter().enumerate().map(piece).collect(), height)
}

fn rule(y: f32, width: f32, colour: Colour) -> Node {
    let line = Piece::Stroke { points: vec![[0.0, y], [width, y]], width: 0.5, colour };
    Node::new(Kind::Ornament, vec![line])
}

fn head(letters: &Letters, sheet: &Sheet) -> Block {
    let mut block = Block::default();
    let title = letters.line(&sheet.title, Weight::Bold);
    block.add(
        Kind::Title(sheet.title.clone()),
        vec![text([0.0, 0.0], TITLE, Colour::Ink, title)],
        TITLE * LEAD + 3.0,
    );
    let column = WIDTH / 2.0;
    for pair in sheet.facts.chunks(2) {
        let mut tallest: f32 = 0.0;
        for (n, [name, value]) in pair.iter().enumerate() {
            let x = n as f32 * column;
            let name = letters.line(&format!("{name}  "), Weight::Bold);
            let wide = name.width * BODY;
            let mut pieces = vec![text([x, 0.0], BODY, Colour::Faint, name)];
            let value = letters.wrap(value, Weight::Regular, BODY, column - wide - 8.0, LONGEST);
            let (value, height) = lines(value, x + wide, 0.0, BODY, Colour::Ink);
            pieces.extend(value);
            tallest = tallest.max(height);
            block.nodes.push(Node::new(Kind::Words, pieces).moved([0.0, block.height]));
        }
        block.height += tallest + 1.0;
    }
    block.height += 4.0;
    block.nodes.push(rule(block.height, WIDTH, Colour::Accent));
    block.height += 6.0;
    block
}

fn foot(letters: &Letters, sheet: &Sheet) -> Block {
    let mut block = Block { nodes: vec![rule(0.0, WIDTH, Colour::Line)], height: 4.0 };
    for words in &sheet.foot {
        let wrapped = letters.wrap(words, Weight::Regular, SMALL, WIDTH, 3);
        let (pieces, height) = lines(wrapped, 0.0, 0.0, SMALL, Colour::Faint);
        block.add(Kind::Words, pieces, height);
    }
    block
}

fn section(
    letters: &Letters,
    section: &Section,
    width: f32,
    shown: usize,
    more: &dyn Fn(usize) -> String,
) -> Block {
    let mut block = Block::default();
    let heading = letters.line(&section.heading, Weight::Bold);
    let heading = vec![text([0.0, 0.0], HEADING, Colour::Accent, heading)];
    block.add(Kind::Heading(section.heading.clone()), heading, HEADING * LEAD + 1.5);
    match &section.body {
        Body::Lines(all) => {
            for words in all.iter().take(shown) {
                let wrapped = letters.wrap(words, Weight::Regular, BODY, width, LONGEST);
                let (pieces, height) = lines(wrapped, 0.0, 0.0, BODY, Colour::Ink);
                block.add(Kind::Words, pieces, height);
            }
        }
        Body::Table(all) => table(letters, all, width, shown, &mut block),
        Body::Charts(all) => charts(letters, &all[..shown.min(all.len())], width, &mut block),
    }
    let left_out = section.body.parts() - shown.min(section.body.parts());
    let left_out = (left_out > 0).then(|| more(left_out));
    for note in section.note.iter().chain(&left_out) {
        let wrapped = letters.wrap(note, Weight::Regular, SMALL, width, LONGEST);
        let (pieces, height) = lines(wrapped, 0.0, 1.5, SMALL, Colour::Faint);
        block.add(Kind::Words, pieces, height + 1.5);
    }
    block.height += 7.0;
    block
}

fn table(letters: &Letters, table: &Table, width: f32, shown: usize, block: &mut Block) {
    const PAD: f32 = 5.0;
    let whole: f32 = table.columns.iter().map(|(_, share)| share).sum();
    let widths: Vec<f32> = table.columns.iter().map(|(_, share)| width * share / whole).collect();
    let row = |cells: &[&str], names: bool, strong: bool, y: f32| {
        let (mut x, mut tallest) = (0.0, 0.0_f32);
        let mut inside = Vec::new();
        for (n, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let bold = names || (strong && n + 1 == cells.len());
            let weight = if bold { Weight::Bold } else { Weight::Regular };
            let (size, colour) = if names { (SMALL, Colour::Faint) } else { (BODY, Colour::Ink) };
            let wrapped = letters.wrap(cell, weight, size, width - PAD, LONGEST);
            let (pieces, height) = lines(wrapped, x, y + 1.2, size, colour);
            let kind = match n {
                _ if names => Kind::ColumnName,
                0 => Kind::RowName,
                _ => Kind::Cell,
            };
            inside.push(Node::new(kind, pieces));
            tallest = tallest.max(height);
            x += width;
        }
        (Node::of(Kind::Row, inside), tallest + 2.6)
    };
    let mut y = block.height;
    let mut rows = Vec::new();
    let mut rules = Vec::new();
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| name.as_str()).collect();
    let (node, height) = row(&names, true, false, y);
    rows.push(node);
    y += height;
    for each in table.rows.iter().take(shown) {
        rules.push(rule(y, width, Colour::Line));
        let cells: Vec<&str> = each.cells.iter().map(String::as_str).collect();
        let (node, height) = row(&cells, false, each.strong, y);
        rows.push(node);
        y += height;
    }
    block.nodes.push(Node::of(Kind::Table, rows));
    block.nodes.extend(rules);
    block.height = y;
}

fn charts(letters: &Letters, charts: &[Chart], width: f32, block: &mut Block) {
    let each = (width - GAP * (CHARTS as f32 - 1.0)) / CHARTS as f32;
    for row in charts.chunks(CHARTS) {
        let mut tallest = 0.0_f32;
        let names: Vec<Vec<Line>> =
            row.iter().map(|chart| letters.wrap(&chart.name, Weight::Bold, SMALL, each, LONGEST)).collect();
        // Drawings of a row stand at one height.
        let most = names.iter().map(Vec::len).max().unwrap_or(1);
        for (n, (chart, name)) in row.iter().zip(names).enumerate() {
            let (nodes, height) = one_chart(letters, chart, name, most, each);
            let by = [n as f32 * (each + GAP), block.height];
            block.nodes.extend(nodes.into_iter().map(|node| node.moved(by)));
            tallest = tallest.max(height);
        }
        block.height += tallest + 4.0;
    }
}

fn one_chart(letters: &Letters, chart: &Chart, name: Vec<Line>, rows: usize, width: f32) -> (Vec<Node>, f32) {
    let high = rows as f32 * SMALL * LEAD;
    let above = (rows - name.len()) as f32 * SMALL * LEAD;
    let (name, _) = lines(name, 0.0, above, SMALL, Colour::Ink);
    let mut pieces = chart::pieces(chart, width);
    let small = SMALL - 0.6;
    let mut word = |words: &str, right: f32, left: Option<f32>, y: f32| {
        let line = letters.line(words, Weight::Regular);
        let x = left.unwrap_or(right - line.width * small);
        pieces.push(text([x, y], small, Colour::Faint, line));
    };
    word(&chart.scale[1], chart::LEFT - 3.0, None, -small / 2.0 - 1.0);
    word(&chart.scale[0], chart::LEFT - 3.0, None, chart::HEIGHT - small / 2.0 - 2.0);
    word(&chart.ends[0], 0.0, Some(chart::LEFT), chart::HEIGHT + 1.5);
    word(&chart.ends[1], width, None, chart::HEIGHT + 1.5);
    let figure =
        Node::new(Kind::Figure(format!("{}: {}", chart.name, chart.words)), pieces).moved([0.0, high + 5.0]);
    let below = high + 5.0 + chart::HEIGHT + small * LEAD + 2.0;
    let told = letters.wrap(&chart.words, Weight::Regular, SMALL, width, LONGEST);
    let (told, tall) = lines(told, 0.0, below, SMALL, Colour::Ink);
    (vec![Node::new(Kind::Words, name), figure, Node::new(Kind::Caption, told)], below + tall)
}
