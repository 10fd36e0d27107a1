import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from './context.js';
import { DeprecatedProduct, Inventory, Product, ProductResearch, User } from './types.js';

/** Who made everything here. The figure is not that of users, so that a reader sees which of the two was asked. */
const MAKER: User = { email: 'support@apollographql.com', name: 'Jane Smith', totalProductsCreated: 1337 };

@Resolver(() => Product)
export class ProductResolver {
  @Query(() => Product, { nullable: true, description: 'The product with this id; null when there is none.' })
  product(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: Context) {
    return findProduct({ id }, context);
  }

  @Directive('@provides(fields: "totalProductsCreated")')
  @FieldResolver(() => User, { nullable: true, description: 'Who made it; null when unknown.' })
  createdBy(): User {
    return MAKER;
  }

  @FieldResolver(() => [ProductResearch], { description: 'Research about it; empty when there is none.' })
  async research(@Root() { id }: Product, @Ctx() { research }: Context): Promise<ProductResearch[]> {
    return (await research()).filter(({ productId }) => productId === id);
  }
}

@Resolver(() => DeprecatedProduct)
export class DeprecatedProductResolver {
  @Query(() => DeprecatedProduct, {
    nullable: true,
    deprecationReason: 'Use product query instead',
    description: 'The product with this sku and package that is no longer made; null when there is none.',
  })
  deprecatedProduct(
    @Arg('sku', () => String, { description: 'Its sku.' }) sku: string,
    @Arg('package', () => String, { description: 'Its package.' }) packageName: string,
    @Ctx() context: Context,
  ) {
    return findDeprecatedProduct({ sku, package: packageName }, context);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who made it; null when unknown.' })
  createdBy(): User {
    return MAKER;
  }
}

@Resolver(() => User)
export class UserResolver {
  @Directive('@requires(fields: "totalProductsCreated yearsOfEmployment")')
  @FieldResolver(() => Int, { nullable: true, description: 'Products made in a year, rounded; null when unknown.' })
  averageProductsCreatedPerYear(@Root() { totalProductsCreated, yearsOfEmployment }: User): number | null {
    if (totalProductsCreated === null || !yearsOfEmployment) return null;
    return Math.round(totalProductsCreated / yearsOfEmployment);
  }
}

@Resolver(() => Inventory)
export class InventoryResolver {
  @FieldResolver(() => [DeprecatedProduct], { description: 'Products in it that are no longer made.' })
  async deprecatedProducts(@Ctx() { deprecated }: Context): Promise<DeprecatedProduct[]> {
    return [...(await deprecated())];
  }
}

/** One of the keys of a product. */
export type ProductKey =
  | { readonly id: string }
  | { readonly sku: string; readonly package: string }
  | { readonly sku: string; readonly variation: { readonly id: string } };

/** The product of any of its keys; null when there is none. */
export async function findProduct(key: ProductKey, { products }: Context): Promise<Product | null> {
  const isNamed = (product: Product) => {
    if ('id' in key) return product.id === key.id;
    if (product.sku !== key.sku) return false;
    return 'package' in key ? product.package === key.package : product.variation?.id === key.variation.id;
  };
  return (await products()).find(isNamed) ?? null;
}

/** The product with this sku and package that is no longer made; null when there is none. */
export async function findDeprecatedProduct(
  key: { readonly sku: string; readonly package: string },
  { deprecated }: Context,
): Promise<DeprecatedProduct | null> {
  return (await deprecated()).find((one) => one.sku === key.sku && one.package === key.package) ?? null;
}

/** The research of a case; null when there is none. */
export async function findResearchOf(
  { study }: { readonly study: { readonly caseNumber: string } },
  { research }: Context,
): Promise<ProductResearch | null> {
  return (await research()).find((one) => one.study.caseNumber === study.caseNumber) ?? null;
}

/** A user of users, with what is known here; whoever made nothing here has no name here. */
export function completeUser(reference: User): User {
  return reference.email === MAKER.email ? { ...MAKER, ...reference } : { ...reference, name: null };
}
