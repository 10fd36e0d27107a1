/** The planners of our executor. */
export const PLANNERS = ['hive', 'apollo'] as const;
export type PlannerName = (typeof PLANNERS)[number];

/** Who runs operations: our executor with one of its planners, or Apollo's gateway, with which it is compared. */
export const EXECUTORS = [...PLANNERS, 'stock'] as const;
export type Executor = (typeof EXECUTORS)[number];
