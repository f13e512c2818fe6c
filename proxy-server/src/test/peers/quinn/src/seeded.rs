/// The endless octets of dev.homing.demo.wire.SeededBytes: java.util.SplittableRandom's numbers,
/// each as 8 octets, the lowest first.
pub struct Seeded {
    state: u64,
    left: std::array::IntoIter<u8, 8>,
}

impl Seeded {
    pub fn new(seed: i64) -> Self {
        let mut none = [0; 8].into_iter();
        none.by_ref().for_each(drop);
        Seeded {
            state: seed as u64,
            left: none,
        }
    }
}

impl Iterator for Seeded {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if let Some(octet) = self.left.next() {
            return Some(octet);
        }
        self.state = self.state.wrapping_add(0x9e3779b97f4a7c15);
        let mut z = self.state;
        z = (z ^ z >> 30).wrapping_mul(0xbf58476d1ce4e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d049bb133111eb);
        self.left = (z ^ z >> 31).to_le_bytes().into_iter();
        self.left.next()
    }
}
