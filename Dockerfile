# One image for every service: the command picks the program, e.g. `docker run cakupan start`.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY widget/package.json widget/
RUN npm ci
COPY . .
RUN npm run build && rm -f dist/.tsbuildinfo dist/.built && find dist -name '*.test.js*' -delete
# What the programs read beside dist: data, pages. Sources stay behind.
RUN find services \( -name '*.ts' -o -name '*.mjs' \) -delete && find services -type d -empty -delete

FROM node:20-slim AS production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY widget/package.json widget/
RUN npm ci --omit=dev && npm cache clean --force

FROM node:20-slim
ENV NODE_ENV=production NODE_OPTIONS="--disable-warning=ExperimentalWarning --max-semi-space-size=64" APOLLO_TELEMETRY_DISABLED=1
WORKDIR /app
RUN install -d -o node -g node .data
COPY --from=production /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/services services
COPY --from=build /app/schema schema
COPY --from=build /app/widget/package.json widget/package.json
COPY --from=build /app/widget/dist widget/dist
COPY LICENSE NOTICE package.json ./
USER node
ENTRYPOINT ["node", "dist/services/cli/main.js"]
CMD ["start"]
