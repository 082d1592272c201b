//! stub
#![allow(missing_docs)]
#[derive(Debug,Clone,Copy,PartialEq,Eq)] pub struct AllenSet(u16);
impl AllenSet { pub const EMPTY: AllenSet = AllenSet(0); pub fn parse(_:&str)->Option<AllenSet>{Some(AllenSet(1))} pub fn words()->&'static [&'static str]{&["before"]} pub fn union(self,o:Self)->Self{AllenSet(self.0|o.0)} pub fn is_empty(self)->bool{self.0==0}}
#[derive(Debug,Clone)] pub struct Distance(String);
#[derive(Debug,Clone)] pub struct DurationError { pub reason: String, pub at: std::ops::Range<usize> }
impl Distance { pub fn parse(s:&str)->Result<Distance,DurationError>{Ok(Distance(s.into()))} pub fn written(&self)->&str{&self.0} }
