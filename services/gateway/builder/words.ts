import type { Language } from '@cakupan/coverage-widget/card-view';
import type { EditionName, Mistake, ViewName } from './choices.js';
import type { FormName } from './codes.js';
import type { Lack } from './page-facts.js';
import type { Purpose } from './policy.js';

/** Everything the builder says in one language. */
export interface Words {
  readonly title: string;
  readonly about: string;
  readonly standfirst: string;
  readonly skip: string;
  readonly docs: string;
  readonly choices: string;
  readonly region: string;
  readonly regionNote: string;
  readonly withFigures: string;
  readonly view: string;
  readonly views: Readonly<Record<ViewName, string>>;
  readonly indicator: string;
  readonly firstIndicator: string;
  readonly theme: string;
  readonly themes: Readonly<Record<'auto' | 'light' | 'dark', string>>;
  readonly language: string;
  readonly more: string;
  readonly headingLevel: string;
  readonly headingNote: string;
  readonly compare: string;
  readonly compareNote: string;
  readonly compact: string;
  readonly live: string;
  readonly script: string;
  readonly scripts: Readonly<Record<'moving' | 'fixed', string>>;
  readonly make: string;
  readonly editions: Readonly<Record<EditionName, string>>;
  readonly editionNotes: Readonly<Record<EditionName, string>>;
  readonly edition: string;
  readonly until: string;
  readonly preview: string;
  readonly codes: string;
  readonly copy: string;
  readonly copied: string;
  readonly selected: string;
  readonly failed: string;
  readonly forms: Readonly<Record<FormName, string>>;
  readonly formNotes: Readonly<Record<FormName, string>>;
  readonly cardOnly: string;
  readonly listener: string;
  readonly noRegion: string;
  readonly whichRegion: string;
  readonly meant: string;
  readonly noCodes: string;
  readonly lacks: Readonly<Record<Lack, string>>;
  readonly mistakes: Readonly<Record<Mistake['parameter'], string>>;
  readonly check: string;
  readonly room: string;
  readonly roomNote: string;
  readonly policy: string;
  readonly policyNote: string;
  readonly paste: string;
  readonly look: string;
  readonly fine: string;
  readonly mended: string;
  readonly add: (source: string, directive: string) => string;
  readonly nonce: (directive: string) => string;
  readonly allowed: string;
  readonly purposes: Readonly<Record<Purpose, string>>;
  readonly wordpress: string;
  readonly wordpressNotes: readonly string[];
  readonly frameTitle: (region: string, view: ViewName) => string;
}

const id: Words = {
  title: 'Buat kode sematan',
  about: 'Buat kode untuk memasang angka cakupan jaminan sosial ketenagakerjaan di situs Anda.',
  standfirst:
    'Pilih daerah dan tampilannya, lalu salin satu kode. Angkanya selalu membawa tanggal, definisi, dan sumbernya.',
  skip: 'Langsung ke isi',
  docs: 'Dokumentasi',
  choices: 'Pilihan',
  region: 'Daerah',
  regionNote:
    'Tulis nama lalu pilih dari daftar, atau tulis kode Kemendagri bertitik seperti 19.03. Kecamatan dan desa dengan kodenya.',
  withFigures: 'Daerah yang sudah ada angkanya',
  view: 'Tampilan',
  views: {
    card: 'Kartu angka',
    trend: 'Tren cakupan',
    breakdown: 'Peserta menurut segmen dan program',
    ranking: 'Peringkat daerah di bawahnya',
    map: 'Peta petak daerah di bawahnya',
    benefits: 'Manfaat yang dibayarkan',
  },
  indicator: 'Definisi',
  firstIndicator: 'Definisi pertama yang ada angkanya',
  theme: 'Warna',
  themes: { auto: 'Ikut halaman', light: 'Terang', dark: 'Gelap' },
  language: 'Bahasa kartu',
  more: 'Pilihan lain',
  headingLevel: 'Tingkat judul',
  headingNote: 'Satu tingkat di bawah judul terdekat di halaman Anda.',
  compare: 'Bandingkan dengan',
  compareNote: 'Paling banyak dua belas kode, dipisah spasi. Kosong: provinsi dan Indonesia.',
  compact: 'Ringkas: tanpa daerah lain di bawahnya',
  live: 'Angka baru muncul seketika, tanpa menunggu semenit',
  script: 'Alamat skrip',
  scripts: { moving: 'Ikut perbaikan (/widget/v1/)', fixed: 'Versi tetap, dengan integrity' },
  make: 'Buat kode',
  edition: 'Angka yang mana',
  editions: { newest: 'Ikuti angka terbaru', pinned: 'Menurut terbitan s.d.' },
  editionNotes: {
    newest: 'Berganti sendiri begitu ada angka baru, juga selagi halaman dibuka.',
    pinned: 'Tidak pernah berubah: untuk artikel. Begitu ada yang lebih baru, kartu menautkannya: “diperbarui: …”.',
  },
  until: 'Tanggal terbitan',
  preview: 'Pratinjau',
  codes: 'Salin ke situs Anda',
  copy: 'Salin',
  copied: 'Disalin.',
  selected: 'Sudah dipilih: salin dengan Ctrl+C.',
  failed: 'Belum dapat dihubungi. Kode di bawah masih untuk pilihan sebelumnya.',
  forms: {
    tag: 'Tag',
    address: 'Alamat untuk WordPress',
    frame: 'Bingkai (iframe)',
    image: 'Gambar',
    csv: 'Alamat CSV',
    json: 'Alamat JSON',
  },
  formNotes: {
    tag: 'Disarankan. Menyesuaikan lebar dan warna halaman; tanpa skrip yang tampak tautan dengan angkanya.',
    address: 'Tempel sendirian di satu baris. WordPress dan situs lain yang mengenal oEmbed menjadikannya bingkai.',
    frame: 'Untuk tempat yang tidak menerima skrip.',
    image:
      'Untuk surel, umpan RSS, dan AMP. Teks alternatifnya menyebut angka, tanggal, dan definisinya pada saat kode ini dibuat.',
    csv: 'Angka kartu sebagai tabel.',
    json: 'Angka yang sama untuk program.',
  },
  cardOnly: 'Gambar, CSV, dan JSON selalu berisi kartu.',
  listener: 'Agar tinggi bingkai mengikuti isinya, pasang juga skrip ini sekali di halaman',
  noRegion: 'Tidak ada daerah seperti yang ditulis',
  whichRegion: 'Pilih daerah dulu.',
  meant: 'Maksud Anda',
  noCodes: 'Kode muncul di sini setelah daerahnya dipilih.',
  lacks: {
    unreachable: 'Angkanya belum dapat dimuat; kode tetap benar, hanya tanpa angka di dalam tautannya.',
    unknown: 'Untuk pilihan ini belum ada yang terbit pada saat itu: pilih tanggal yang lebih baru.',
  },
  mistakes: {
    'view': 'Tidak ada tampilan ini; dipakai kartu angka',
    'indicator': 'Tidak ada definisi ini; dipakai definisi pertama yang ada angkanya',
    'compare': 'Bukan kode daerah, atau lebih dari dua belas; tidak dipakai',
    'as-of': 'Bukan tanggal; dipakai saat ini',
    'as-of-ahead': 'Tanggal terbitan belum tiba; dipakai saat ini',
  },
  check: 'Periksa situs Anda',
  room: 'Jaga tempatnya',
  roomNote: 'Dengan aturan CSS ini halaman tidak bergeser sebelum skripnya tiba.',
  policy: 'Content-Security-Policy',
  policyNote: 'Bila situs Anda mengirim tajuk ini, yang berikut harus diizinkan. Pilih menurut bentuk yang Anda pakai.',
  paste: 'Tempel tajuk Content-Security-Policy Anda',
  look: 'Periksa',
  fine: 'Kebijakan Anda sudah mengizinkan semuanya.',
  mended: 'Kebijakan Anda dengan tambahannya',
  add: (source, directive) => `tambahkan ${source} pada ${directive}`,
  nonce: (directive) =>
    `${directive} memakai 'strict-dynamic', jadi nama host diabaikan: beri tag skrip kami atribut nonce halaman Anda`,
  allowed: 'diizinkan',
  purposes: {
    'script': 'Tag: skripnya',
    'data': 'Tag: angkanya',
    'trusted-types': 'Tag: nama Trusted Types',
    'frame': 'Bingkai dan alamat WordPress',
    'image': 'Gambar',
  },
  wordpress: 'WordPress',
  wordpressNotes: [
    'Penulis dan Kontributor (tanpa hak unfiltered_html): tempel alamatnya sendirian di satu baris. Tag dan bingkai yang mereka tempel dibuang WordPress; yang tersisa tautan dengan angkanya.',
    'Editor dan Administrator: tag dapat ditempel di blok HTML Khusus. Pada jaringan multisitus hanya Administrator Super.',
  ],
  frameTitle: (region, view) =>
    view === 'card' ? `Cakupan jaminan sosial ketenagakerjaan ${region}` : `${id.views[view]}: ${region}`,
};

const en: Words = {
  title: 'Make an embed code',
  about: 'Make the code that puts a coverage figure of employment social security on your site.',
  standfirst:
    'Choose a region and how it looks, then copy one code. The figure always carries its date, definition and source.',
  skip: 'Skip to content',
  docs: 'Docs',
  choices: 'Choices',
  region: 'Region',
  regionNote:
    'Write a name and choose from the list, or write a Kemendagri code with its dots, such as 19.03. Districts and villages by their code.',
  withFigures: 'Regions that have figures',
  view: 'View',
  views: {
    card: 'Card',
    trend: 'Coverage over time',
    breakdown: 'Participants by segment and programme',
    ranking: 'Ranking of the regions below it',
    map: 'Tile map of the regions below it',
    benefits: 'Benefits paid',
  },
  indicator: 'Definition',
  firstIndicator: 'The first definition that has a figure',
  theme: 'Colours',
  themes: { auto: 'As the page', light: 'Light', dark: 'Dark' },
  language: 'Language of the card',
  more: 'More choices',
  headingLevel: 'Heading level',
  headingNote: 'One below the nearest heading of your page.',
  compare: 'Compare with',
  compareNote: 'At most twelve codes with blanks between. Blank: the province and Indonesia.',
  compact: 'Compact: no other regions below it',
  live: 'New figures appear at once, without a minute’s wait',
  script: 'Address of the script',
  scripts: { moving: 'Follows improvements (/widget/v1/)', fixed: 'Fixed version, with integrity' },
  make: 'Make the code',
  edition: 'Which figure',
  editions: { newest: 'Follow the newest figure', pinned: 'As published by' },
  editionNotes: {
    newest: 'Changes by itself once there is a new figure, while the page is open too.',
    pinned: 'Never changes: for articles. Once there is a newer one, the card links to it: “updated: …”.',
  },
  until: 'Day of publication',
  preview: 'Preview',
  codes: 'Copy into your site',
  copy: 'Copy',
  copied: 'Copied.',
  selected: 'Selected: copy with Ctrl+C.',
  failed: 'Cannot be reached right now. The codes below are still for the choices before.',
  forms: {
    tag: 'Tag',
    address: 'Address for WordPress',
    frame: 'Frame (iframe)',
    image: 'Picture',
    csv: 'Address of CSV',
    json: 'Address of JSON',
  },
  formNotes: {
    tag: 'Recommended. Takes the width and colours of the page; without scripts a link with the figure shows.',
    address: 'Paste it alone on a line. WordPress and other sites that know oEmbed turn it into a frame.',
    frame: 'For places that take no scripts.',
    image:
      'For mail, RSS feeds and AMP. Its alternative text says number, date and definition as they were when this code was made.',
    csv: 'The figures of the card as a table.',
    json: 'The same figures for programs.',
  },
  cardOnly: 'Picture, CSV and JSON always hold the card.',
  listener: 'For a frame as high as what is in it, put this script on the page as well, once',
  noRegion: 'There is no region as written',
  whichRegion: 'Choose a region first.',
  meant: 'Did you mean',
  noCodes: 'Codes appear here once a region is chosen.',
  lacks: {
    unreachable: 'The figure could not be loaded; the codes are right, only without a figure in their links.',
    unknown: 'For these choices nothing had been published at that time: choose a later day.',
  },
  mistakes: {
    'view': 'There is no such view; the card is used',
    'indicator': 'There is no such definition; the first that has a figure is used',
    'compare': 'Not the code of a region, or more than twelve; not used',
    'as-of': 'Not a date; this moment is used',
    'as-of-ahead': 'The day of publication has not come yet; this moment is used',
  },
  check: 'Check your site',
  room: 'Keep its room',
  roomNote: 'With this rule of CSS the page does not move before the script has arrived.',
  policy: 'Content-Security-Policy',
  policyNote: 'If your site sends this header, it has to allow the following for the forms that you use.',
  paste: 'Paste your Content-Security-Policy header',
  look: 'Check',
  fine: 'Your policy allows all of it already.',
  mended: 'Your policy with what is added',
  add: (source, directive) => `add ${source} to ${directive}`,
  nonce: (directive) =>
    `${directive} has 'strict-dynamic', so hosts are ignored: give our script tag your page’s nonce attribute`,
  allowed: 'allowed',
  purposes: {
    'script': 'Tag: its script',
    'data': 'Tag: its figures',
    'trusted-types': 'Tag: name for Trusted Types',
    'frame': 'Frame and WordPress address',
    'image': 'Picture',
  },
  wordpress: 'WordPress',
  wordpressNotes: [
    'Authors and Contributors (without unfiltered_html): paste the address alone on a line. WordPress strips a tag or frame that they paste; a link with the figure is left.',
    'Editors and Administrators: the tag can be pasted into a Custom HTML block. On a multisite network only Super Admins.',
  ],
  frameTitle: (region, view) =>
    view === 'card' ? `Coverage of employment social security, ${region}` : `${en.views[view]}: ${region}`,
};

export const WORDS: Readonly<Record<Language, Words>> = { id, en };
