//! What a page shows: its operators are followed as far as text goes (ISO 32000-1, section 9.4).

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::font::Font;
use super::layout::Piece;
use super::matrix::Matrix;

/// Bytes that the operators of one page, or of one form on it, may have.
const MAX_CONTENT: usize = 32 * 1024 * 1024;
/// Operators that are followed on all pages together.
const MAX_OPERATORS: usize = 100_000_000;
/// Operators that are followed on one page, those of its forms included.
const MAX_PAGE_OPERATORS: usize = 5_000_000;
/// Forms within forms.
const MAX_FORMS: usize = 12;
/// Saved states.
const MAX_SAVED: usize = 512;
/// Levels of the tree of pages.
const MAX_TREE: usize = 64;

/// What was found on a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Pieces of text in the order in which they are shown.
    pub(super) pieces: Vec<Piece>,
    /// Images shown.
    pub(super) images: usize,
    /// Strings in fonts that do not say their letters.
    pub(super) unreadable: usize,
    /// Whether reading ended early.
    pub(super) broken: bool,
}

/// Reads pages of one document.
pub(super) struct Pages<'d> {
    document: &'d Document,
    fonts: HashMap<usize, Rc<Font<'d>>>,
    left: usize,
}

impl<'d> Pages<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document, fonts: HashMap::new(), left: MAX_OPERATORS }
    }

    /// Follows the operators of a page.
    pub(super) fn read(&mut self, id: ObjectId) -> Page {
        let mut show = Show {
            page: Page::default(),
            left: self.left.min(MAX_PAGE_OPERATORS),
            state: State::default(),
            saved: Vec::new(),
        };
        let budget = show.left;
        match self.document.get_page_content_with_limit(id, MAX_CONTENT) {
            Ok(content) => self.follow(&content, self.resources(id), MAX_FORMS, &mut show),
            Err(_) => show.page.broken = true,
        }
        self.left -= budget - show.left;
        show.page
    }

    /// The page's fonts and forms, perhaps those of the pages above it.
    fn resources(&self, id: ObjectId) -> Option<&'d Dictionary> {
        let mut node = self.document.get_dictionary(id).ok()?;
        for _ in 0..MAX_TREE {
            if let Ok(resources) = node.get_deref(b"Resources", self.document).and_then(Object::as_dict) {
                return Some(resources);
            }
            node = node.get_deref(b"Parent", self.document).and_then(Object::as_dict).ok()?;
        }
        None
    }

    fn follow(&mut self, content: &[u8], resources: Option<&'d Dictionary>, forms: usize, show: &mut Show<'d>) {
        let floor = show.saved.len();
        for operation in Content::decode_iter(content) {
            let Some(left) = show.left.checked_sub(1) else {
                show.page.broken = true;
                break;
            };
            show.left = left;
            let Ok(operation) = operation else {
                show.page.broken = true;
                break;
            };
            self.operation(&operation, resources, forms, floor, show);
        }
        if let Some(state) = show.saved.drain(floor..).next() {
            show.state = state;
        }
    }

    fn operation(
        &mut self,
        operation: &Operation,
        resources: Option<&'d Dictionary>,
        forms: usize,
        floor: usize,
        show: &mut Show<'d>,
    ) {
        let operands = operation.operands.as_slice();
        match operation.operator.as_str() {
            "q" => show.save(),
            "Q" => show.restore(floor),
            "Tf" => self.set_font(operands, resources, show),
            "Do" => self.object(operands, resources, forms, show),
            "BI" | "EI" => show.page.images += usize::from(operation.operator == "BI"),
            operator => show.text_operator(operator, operands),
        }
    }

    fn set_font(&mut self, operands: &[Object], resources: Option<&'d Dictionary>, show: &mut Show<'d>) {
        let [name, size] = operands else { return };
        show.state.size = size.as_float().map_or(0.0, f64::from);
        show.state.font = name.as_name().ok().and_then(|name| self.font(name, resources?));
    }

    fn font(&mut self, name: &[u8], resources: &'d Dictionary) -> Option<Rc<Font<'d>>> {
        let document = self.document;
        let fonts = resources.get_deref(b"Font", document).and_then(Object::as_dict).ok()?;
        let font = fonts.get_deref(name, document).and_then(Object::as_dict).ok()?;
        let known = self.fonts.entry(std::ptr::from_ref(font).addr());
        Some(known.or_insert_with(|| Rc::new(Font::new(font, document))).clone())
    }

    /// Shows an image, or follows a form.
    fn object(&mut self, operands: &[Object], resources: Option<&'d Dictionary>, forms: usize, show: &mut Show<'d>) {
        let Some(stream) = operands.first().and_then(|name| self.named(name, resources?)) else { return };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        if kind == b"Image" {
            show.page.images += 1;
        }
        if kind != b"Form" || forms == 0 {
            return;
        }
        let Ok(content) = stream.get_plain_content_with_limit(MAX_CONTENT) else {
            show.page.broken = true;
            return;
        };
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let before = show.state.clone();
        let matrix = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
        if let Some(matrix) = matrix.and_then(|matrix| Matrix::of(matrix)) {
            show.state.frame = matrix.then(show.state.frame);
        }
        // What unpacking costs counts as well: a form may show another one many times over.
        show.left = show.left.saturating_sub(content.len() / 64);
        self.follow(&content, own.or(resources), forms - 1, show);
        show.state = before;
    }

    fn named(&self, name: &Object, resources: &'d Dictionary) -> Option<&'d Stream> {
        let objects = resources.get_deref(b"XObject", self.document).and_then(Object::as_dict).ok()?;
        objects.get_deref(name.as_name().ok()?, self.document).and_then(Object::as_stream).ok()
    }
}

/// The state that shows text.
#[derive(Clone)]
struct State<'d> {
    frame: Matrix,
    font: Option<Rc<Font<'d>>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    text: Matrix,
    line: Matrix,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self {
            frame: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        }
    }
}

struct Show<'d> {
    page: Page,
    left: usize,
    state: State<'d>,
    saved: Vec<State<'d>>,
}

impl Show<'_> {
    fn save(&mut self) {
        if self.saved.len() < MAX_SAVED {
            self.saved.push(self.state.clone());
        }
    }

    /// Takes the last state that this page or form saved, keeping where text stands.
    fn restore(&mut self, floor: usize) {
        if self.saved.len() > floor
            && let Some(state) = self.saved.pop()
        {
            self.state = state;
        }
    }

    fn text_operator(&mut self, operator: &str, operands: &[Object]) {
        let number =
            |index: usize| operands.get(index).and_then(|operand| operand.as_float().ok()).map_or(0.0, f64::from);
        match operator {
            "cm" => {
                if let Some(matrix) = Matrix::of(operands) {
                    self.state.frame = matrix.then(self.state.frame);
                }
            }
            "BT" => self.set_line(Matrix::IDENTITY),
            "Tm" => self.set_line(Matrix::of(operands).unwrap_or(Matrix::IDENTITY)),
            "Td" => self.move_line(number(0), number(1)),
            "TD" => {
                self.state.leading = -number(1);
                self.move_line(number(0), number(1));
            }
            "T*" => self.next_line(),
            "TL" => self.state.leading = number(0),
            "Tc" => self.state.letter_space = number(0),
            "Tw" => self.state.word_space = number(0),
            "Tz" => self.state.stretch = number(0) / 100.0,
            "Tj" => self.show(operands.first()),
            "'" => {
                self.next_line();
                self.show(operands.first());
            }
            "\"" => {
                self.state.word_space = number(0);
                self.state.letter_space = number(1);
                self.next_line();
                self.show(operands.get(2));
            }
            "TJ" => self.show_spaced(operands.first()),
            _ => {}
        }
    }

    fn set_line(&mut self, matrix: Matrix) {
        self.state.line = matrix;
        self.state.text = matrix;
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.set_line(Matrix::translation(x, y).then(self.state.line));
    }

    fn next_line(&mut self) {
        self.move_line(0.0, -self.state.leading);
    }

    fn show_spaced(&mut self, array: Option<&Object>) {
        for element in array.and_then(|array| array.as_array().ok()).into_iter().flatten() {
            if let Ok(adjustment) = element.as_float() {
                let state = &mut self.state;
                let by = -f64::from(adjustment) / 1000.0 * state.size * state.stretch;
                state.text = Matrix::translation(by, 0.0).then(state.text);
            } else {
                self.show(Some(element));
            }
        }
    }

    fn show(&mut self, string: Option<&Object>) {
        let Some(bytes) = string.and_then(|string| string.as_str().ok()).filter(|bytes| !bytes.is_empty()) else {
            return;
        };
        let Some(font) = self.state.font.clone() else {
            self.page.unreadable += 1;
            return;
        };
        let state = &mut self.state;
        let spaced = font.advances(bytes).map(|(width, is_space)| {
            let word_space = if is_space { state.word_space } else { 0.0 };
            (width / 1000.0 * state.size + state.letter_space + word_space) * state.stretch
        });
        let advance: f64 = spaced.sum();
        let at = state.text.then(state.frame);
        state.text = Matrix::translation(advance, 0.0).then(state.text);
        let ((x, y), (along, across)) = (at.place(), at.scales());
        match font.text(bytes) {
            Some(text) => {
                let size = (state.size * across).abs();
                self.page.pieces.push(Piece { x, y, end: x + advance * along, size, text });
            }
            None => self.page.unreadable += 1,
        }
    }
}
