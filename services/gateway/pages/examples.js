/** Queries to begin with; a first line "# asOf: 2025-06-30" asks for the edition of that day. */
export const examples = (today) => [
  `# Kartu: satu daerah, angka terbarunya, dan apa yang perlu diketahui untuk membacanya.
query Card {
  region(code: "19.03") {
    name
    coverage {
      percent
      asPrinted
      qualifier
      date
      numerator
      denominator
      flags
      indicator {
        id
        comparabilityGroup
        name { id }
        denominatorText { id }
      }
      sources { publisher url publishedOn }
    }
    parent {
      name
      coverage { percent date indicator { id } }
    }
  }
}
`,
  `# Deret waktu satu definisi; SERIES_BREAK menandai angka yang tidak sebanding dengan sebelumnya.
query Series {
  region(code: "19") {
    name
    coverageSeries(indicator: "ucj") {
      date
      percent
      asPrinted
      numerator
      flags
      sources { publisher url }
    }
    events { date kind note { id } }
  }
}
`,
  `# Peringkat menurut satu definisi. Definisi yang tidak sebanding ditolak, bukan dicampur.
query Ranking {
  ranking(indicator: "ucj", level: PROVINCE, first: 10) {
    indicator { name { id } }
    entries {
      rank
      region { code name }
      coverage { percent date numerator }
    }
  }
}
`,
  `# asOf: ${today}
# Keadaan data pada suatu tanggal: ubah tanggal di baris pertama.
# Lewat HTTP: /graphql?asOf=${today}&query=... atau {"extensions": {"asOf": "${today}"}}.
query History {
  region(code: "19.03") {
    name
    coverage { percent date release { id publishedAt } }
  }
  releases(dataset: "stated_coverage", first: 5) { id kind publishedAt changedCells }
}
`,
  `# Klaim yang dibayar per program. Kasus, pembayaran dan orang adalah hal yang berbeda.
# Rupiah adalah teks, karena nilainya melampaui Int GraphQL. Angka yang dirahasiakan: null, obsStatus "Q".
query Disbursements {
  region(code: "19") {
    name
    disbursements(period: "2024") {
      program
      benefitType
      periodStart
      periodEnd
      cases
      amountRupiah
      basis
      obsStatus
      sources { publisher url }
    }
  }
}
`,
];

/** The edition a query text asks for in its first line; null for the current one. */
export function asOfIn(query) {
  return /^\s*#\s*asOf:\s*(\S+)/.exec(query)?.[1] ?? null;
}
