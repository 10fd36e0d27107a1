/** An answer of more than 80 kB that takes more than eight calls: regencies, their provinces, the country, and what is below. */
export const BIG_QUERY = `query Big($codes: [String!]!) {
  regionsByCode(codes: $codes) {
    ...Facts
    parent { ...Facts parent { ...Facts } }
    children(first: 12) { ...Facts }
  }
}
fragment Facts on Region {
  code
  name
  kind
  level
  coverage { ...Figure }
  targets { due percent sources { publisher title url } release { id publishedAt } }
  participants { value unit date program segment status basis payer sources { publisher title url } release { id publishedAt } }
  populationBases { concept value date sources { publisher title } }
  disbursements(periodKind: YEAR) { amountRupiah cases benefitType program periodStart sources { publisher title url } release { id publishedAt } }
  disbursementTotals(period: "2024") { amountRupiah }
}
fragment Figure on Coverage {
  percent
  asPrinted
  date
  numerator
  denominator
  origin
  flags
  indicator { id name { id en } }
  sources { publisher title url publishedOn }
  release { id publishedAt }
}
`;
