/** What only the trend says; the card's words say the rest. */
export const TREND_WORDS = {
  id: {
    title: 'Tren cakupan',
    columns: ['Tanggal', 'Angka', 'Definisi', 'Keterangan'],
    cut: 'Sumbu tegak mulai dari',
  },
  en: {
    title: 'Coverage over time',
    columns: ['Date', 'Figure', 'Definition', 'Remarks'],
    cut: 'The vertical axis starts at',
  },
} as const;
