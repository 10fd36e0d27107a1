import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Which of the products with one sku it is.' })
export class ProductVariation {
  @Field(() => ID, { description: 'Names it within its sku.' })
  id!: string;
}

@Directive('@shareable')
@ObjectType({ description: 'How large a product is.' })
export class ProductDimension {
  @Field(() => String, { nullable: true, description: 'In a word; null when not stated.' })
  size!: string | null;
  @Field(() => Float, { nullable: true, description: 'In the unit; null when not stated.' })
  weight!: number | null;
  @Directive('@inaccessible')
  @Field(() => String, { nullable: true, description: 'Unit of the weight; null when not stated.' })
  unit!: string | null;
}

@ObjectType({ description: 'What was studied.' })
export class CaseStudy {
  @Field(() => ID, { description: 'Number of the case.' })
  caseNumber!: string;
  @Field(() => String, { nullable: true, description: 'What it was about; null when not stated.' })
  description!: string | null;
}

@Directive('@key(fields: "study { caseNumber }")')
@ObjectType({ description: 'What research found of a product.' })
export class ProductResearch {
  @Field(() => CaseStudy, { description: 'The case.' })
  study!: CaseStudy;
  @Field(() => String, { nullable: true, description: 'What came out; null while nothing has.' })
  outcome!: string | null;
}

@Directive('@key(fields: "email")')
@ObjectType({ description: 'Who made products: a type that the subgraph users begins.' })
export class User {
  @Field(() => ID, { description: 'Address that names the user.' })
  email!: string;
  @Directive('@override(from: "users")')
  @Field(() => String, { nullable: true, description: 'Name, from here and no longer from users; null when unknown.' })
  name!: string | null;
  @Directive('@external')
  @Field(() => Int, { nullable: true, description: 'Products made; null when unknown.' })
  totalProductsCreated!: number | null;
  @Directive('@external')
  @Field(() => Int, { description: 'Years at work, as users tells.' })
  yearsOfEmployment?: number;
}

@Directive('@custom')
@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku package")')
@Directive('@key(fields: "sku variation { id }")')
@ObjectType({ description: 'A product, by any of three keys.' })
export class Product {
  @Field(() => ID, { description: 'Names it alone.' })
  id!: string;
  @Field(() => String, { nullable: true, description: 'Names it with its package, or with its variation.' })
  sku!: string | null;
  @Field(() => String, { nullable: true, description: 'Package it comes in; null when it comes in none.' })
  package!: string | null;
  @Field(() => ProductVariation, { nullable: true, description: 'Which of its sku it is; null when it is the only.' })
  variation!: ProductVariation | null;
  @Field(() => ProductDimension, { nullable: true, description: 'How large it is; null when not stated.' })
  dimensions!: ProductDimension | null;
  @Directive('@tag(name: "internal")')
  @Field(() => String, { nullable: true, description: 'For ourselves; null when there is nothing to say.' })
  notes!: string | null;
}

@Directive('@key(fields: "sku package")')
@ObjectType({ description: 'A product that is no longer made.' })
export class DeprecatedProduct {
  @Field(() => String, { description: 'Names it with its package.' })
  sku!: string;
  @Field(() => String, { description: 'Package it came in.' })
  package!: string;
  @Field(() => String, { nullable: true, description: 'Why it is no longer made; null when not stated.' })
  reason!: string | null;
}

@Directive('@interfaceObject')
@Directive('@key(fields: "id")')
@ObjectType({ description: 'Any inventory: an interface of the subgraph inventory, whose types are not known here.' })
export class Inventory {
  @Field(() => ID, { description: 'Names it.' })
  id!: string;
}
