//! The page as PDF.

use super::{
    PaperError,
    letters::Letters,
    place::{Colour, Kind, Node, PAGE, Piece, Placed},
    sheet::Sheet,
};
use jiff::tz::TimeZone;
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{Path, PathBuilder, Point, Rect, Transform},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
    },
};
use std::num::NonZeroU16;

/// The whole document.
pub fn document(letters: &Letters, sheet: &Sheet, blocks: Vec<Placed>) -> Result<Vec<u8>, PaperError> {
    let unfit = |what: &dyn std::fmt::Debug| PaperError::Unfit(format!("{what:?}"));
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| unfit(&error))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let size = PageSettings::from_wh(PAGE[0], PAGE[1]).ok_or_else(|| unfit(&"the page has no size"))?;
    let mut tree = TagTree::new().with_lang(Some(sheet.language.to_owned()));
    let mut outline = Outline::new();
    let mut page = document.start_page_with(size);
    let mut surface = page.surface();
    for Placed { at, block } in &blocks {
        surface.push_transform(&Transform::from_translate(at[0], at[1]));
        for node in &block.nodes {
            if let Kind::Title(name) | Kind::Heading(name) = &node.kind {
                let place = XyzDestination::new(0, Point::from_xy(at[0], at[1]));
                outline.push_child(OutlineNode::new(name.clone(), place));
            }
            if let Some(group) = draw(&mut surface, letters, node) {
                tree.push(group);
            }
        }
        surface.pop();
    }
    surface.finish();
    page.finish();
    document.set_tag_tree(tree);
    document.set_outline(outline);
    document.set_metadata(metadata(sheet));
    document.finish().map_err(|error| unfit(&error))
}

fn metadata(sheet: &Sheet) -> Metadata {
    let at = sheet.written.to_zoned(TimeZone::UTC);
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let date = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0);
    Metadata::new()
        .title(sheet.title.clone())
        .language(sheet.language.to_owned())
        .creator("Baro".to_owned())
        .creation_date(date)
}

/// Draws a part; its tag, where it is something to be read.
fn draw(surface: &mut Surface, letters: &Letters, node: &Node) -> Option<TagGroup> {
    let Some(tag) = tag(&node.kind) else {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        node.pieces.iter().for_each(|piece| put(surface, letters, piece));
        surface.end_tagged();
        return None;
    };
    let mut group = TagGroup::new(tag);
    if matches!(node.kind, Kind::Figure(_)) {
        group.push(surface.start_tagged(ContentTag::Other));
        node.pieces.iter().for_each(|piece| put(surface, letters, piece));
        surface.end_tagged();
    } else {
        for piece in &node.pieces {
            group.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
            put(surface, letters, piece);
            surface.end_tagged();
        }
    }
    for inside in &node.inside {
        if let Some(inside) = draw(surface, letters, inside) {
            group.push(inside);
        }
    }
    Some(group)
}

fn tag(kind: &Kind) -> Option<TagKind> {
    let heading = |level: u16, name: &str| {
        Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(name.to_owned())).into()
    };
    Some(match kind {
        Kind::Title(name) => heading(1, name),
        Kind::Heading(name) => heading(2, name),
        Kind::Words => Tag::P.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnName => Tag::TH(TableHeaderScope::Column).into(),
        Kind::RowName => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
        Kind::Figure(words) => Tag::Figure(Some(words.clone())).into(),
        Kind::Caption => Tag::Caption.into(),
        Kind::Ornament => return None,
    })
}

/// Colours of the pages for staff; text keeps 4.5:1 on white.
fn rgb(colour: Colour) -> rgb::Color {
    let [r, g, b] = match colour {
        Colour::Ink => [0x1f, 0x2d, 0x38],
        Colour::Faint => [0x51, 0x60, 0x6d],
        Colour::Accent => [0x1b, 0x5f, 0x73],
        Colour::Band => [0xc9, 0xdd, 0xe3],
        Colour::Line => [0xd5, 0xdd, 0xe3],
    };
    rgb::Color::new(r, g, b)
}

fn put(surface: &mut Surface, letters: &Letters, piece: &Piece) {
    let fill =
        |colour| Some(Fill { paint: rgb(colour).into(), opacity: NormalizedF32::ONE, ..Fill::default() });
    match piece {
        Piece::Text { place, size, colour, line } => {
            surface.set_stroke(None);
            surface.set_fill(fill(*colour));
            let at = Point::from_xy(place[0], place[1]);
            surface.draw_glyphs(at, &line.glyphs, letters.font(line.weight), &line.text, *size, false);
        }
        Piece::Stroke { points, width, colour } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: rgb(*colour).into(),
                width: *width,
                ..Stroke::default()
            }));
            path(points, false).iter().for_each(|path| surface.draw_path(path));
        }
        Piece::Fill { points, colour } => {
            surface.set_stroke(None);
            surface.set_fill(fill(*colour));
            path(points, true).iter().for_each(|path| surface.draw_path(path));
        }
        Piece::Dot { place, radius, colour } => {
            surface.set_stroke(None);
            surface.set_fill(fill(*colour));
            dot(*place, *radius).iter().for_each(|path| surface.draw_path(path));
        }
    }
}

/// `None` where there is nothing to draw.
fn path(points: &[[f32; 2]], closed: bool) -> Option<Path> {
    let (first, rest) = points.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let mut path = PathBuilder::new();
    path.move_to(first[0], first[1]);
    rest.iter().for_each(|point| path.line_to(point[0], point[1]));
    if closed {
        path.close();
    }
    path.finish()
}

fn dot([x, y]: [f32; 2], radius: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    // Four arcs: a control point at 0.5523 of the radius is a circle to a thousandth.
    let (r, c) = (radius, radius * 0.5523);
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + c, x + c, y + r, x, y + r);
    path.cubic_to(x - c, y + r, x - r, y + c, x - r, y);
    path.cubic_to(x - r, y - c, x - c, y - r, x, y - r);
    path.cubic_to(x + c, y - r, x + r, y - c, x + r, y);
    path.close();
    Rect::from_xywh(x - r, y - r, 2.0 * r, 2.0 * r).and_then(|_| path.finish())
}
