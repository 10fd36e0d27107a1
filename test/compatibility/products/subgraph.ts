import type { Subgraph } from '../../../services/kit/subgraph.js';
import { createContext } from './context.js';
import { DATASETS } from './datasets.js';
import { ProductsProduct1764000000902 } from './migrations/0001-product.js';
import { NAME } from './name.js';
import {
  completeUser,
  DeprecatedProductResolver,
  findDeprecatedProduct,
  findProduct,
  findResearchOf,
  InventoryResolver,
  ProductResolver,
  UserResolver,
} from './resolvers.js';
import { Inventory, ProductResearch, User } from './types.js';

/** The cases know federation up to 2.3, and a directive of the subgraph's own. */
const LINK = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.3"
    import: ["@composeDirective", "@external", "@inaccessible", "@interfaceObject", "@key", "@override", "@provides", "@requires", "@shareable", "@tag"]
  )
  @link(url: "https://myspecs.dev/myCustomDirective/v1.0", import: ["@custom"])
  @composeDirective(name: "@custom")

directive @custom on OBJECT`;

/** A subgraph as a team builds one here, with the schema that the cases ask for. Its figures are invented. */
export const products: Subgraph = {
  name: NAME,
  link: LINK,
  resolvers: [ProductResolver, DeprecatedProductResolver, UserResolver, InventoryResolver],
  types: [Inventory, ProductResearch, User],
  references: {
    Product: findProduct,
    DeprecatedProduct: findDeprecatedProduct,
    ProductResearch: findResearchOf,
    User: completeUser,
    Inventory: ({ id }: { readonly id: string }) => ({ id }),
  },
  datasets: DATASETS,
  migrations: [ProductsProduct1764000000902],
  context: createContext,
};
