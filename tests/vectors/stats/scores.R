# Makes the known answers of the plan's own results (cases/scores.csv, scores.json): Rscript scores.R, with R's packages survey
# and jsonlite (Debian: r-base-core r-cran-survey r-cran-jsonlite). tests/scores.rs reads the files and needs no R.
suppressMessages({library(survey); library(jsonlite)})
args <- commandArgs(FALSE); here <- dirname(sub("--file=", "", args[grep("--file=", args)])); setwd(here)
set.seed(20261129)
units <- c("u1", "u2", "u3", "u4"); leaves <- c("a", "b", "c"); W <- c(a = .5, b = .3, c = .2)
G <- c(cadres = .3, users = .3, residents = .4); N <- c(cadres = 70, users = 150, residents = Inf)
points <- c(best = 100, good = 80, fair = 60, bad = 30, worst = 0); happy <- c("best", "good", "fair")
# Groups of unequal size, kind and unkind raters, units of unequal quality; people who know only some units; blanks.
make <- function(round, sizes, shift) {
  d <- data.frame(round = round, group = rep(names(G), sizes)); d$stratum <- sample(c("town", "hills"), nrow(d), TRUE, c(.6, .4))
  kind <- rnorm(nrow(d), sd = .7) + c(cadres = .5, users = 0, residents = -.2)[d$group] + ifelse(d$stratum == "town", .2, -.2)
  for (u in units) { known <- runif(nrow(d)) < .9
    for (k in leaves) { x <- .6 + c(u1 = .3, u2 = .2, u3 = -.4, u4 = 0)[u] + c(a = 0, b = .2, c = -.1)[k] + kind + rnorm(nrow(d), sd = .8) + shift
      g <- names(points)[findInterval(-x, c(-Inf, -1.1, -.3, .4, 1.1))]
      g[!known] <- "dk"; g[runif(nrow(d)) < .07] <- NA; d[[paste(u, k, sep = ".")]] <- g } }
  d
}
d <- rbind(make("r1", c(60, 45, 110), 0), make("r2", c(52, 60, 95), .25)); d <- d[sample(nrow(d)), ]
write.csv(d, "cases/scores.csv", row.names = FALSE, na = "", quote = FALSE)
d <- read.csv("cases/scores.csv", na.strings = "", stringsAsFactors = FALSE)
d$N <- N[d$group]; d$S <- c(town = 260, hills = 900)[d$stratum]; d$rg <- paste(d$round, d$group); d$rs <- paste(d$round, d$stratum)
cells <- as.vector(outer(units, leaves, paste, sep = "."))
v <- function(x) { x[is.na(x) | x == "dk"] <- NA; x }
y <- function(x) { p <- unname(points[v(x)]); p[is.na(p)] <- 0; p }
s <- function(x) as.numeric(v(x) %in% happy); n <- function(x) as.numeric(!is.na(v(x)))
num <- function(x) { x <- as.numeric(x); if (length(x) == 1 && !is.finite(x)) NULL else unbox(x) }
known <- list()
add <- function(case, what, ..., unit = NULL, indicator = NULL, against = NULL, group = NULL, round = "r1")
  known[[length(known) + 1]] <<- c(list(case = unbox(case), what = unbox(what), round = unbox(round)), lapply(Filter(Negate(is.null), list(unit = unit, indicator = indicator, against = against, group = group)), unbox), list(values = lapply(list(...), num)))
mean_ci <- function(e, V, df) { h <- qt(.975, df) * sqrt(V); list(est = e, se = sqrt(V), df = df, low = e - h, high = e + h) }
wilson <- function(p, n, c) { h <- c^2 / n; (p + h / 2 + c(-1, 1) * c * sqrt(p * (1 - p) / n + h / (4 * n))) / (1 + h) }
share_ci <- function(p, V, df) { w <- wilson(p, p * (1 - p) / V, qt(.975, df)); list(est = p, se = sqrt(V), df = df, low = w[1], high = w[2]) }
holm_p <- function(e, V, df) 2 * pt(-abs(e / sqrt(V)), df)
# A design with one column for each sum: y, s and n of each cell and part (rater group, or all), and what is made of them.
run <- function(case, des, round, parts) {
  vars <- des$variables; here <- vars$round == round
  for (x in cells) for (p in names(parts)) { on <- here & (p == "all" | vars$group == p)
    des$variables[[paste0("y.", x, ".", p)]] <- y(vars[[x]]) * on; des$variables[[paste0("s.", x, ".", p)]] <- s(vars[[x]]) * on; des$variables[[paste0("n.", x, ".", p)]] <- n(vars[[x]]) * on }
  cols <- as.vector(outer(as.vector(outer(c("y", "s", "n"), cells, paste, sep = ".")), names(parts), paste, sep = "."))
  total <- svytotal(as.formula(paste("~", paste(cols, collapse = "+"))), des)
  of <- function(kind, x) paste("(", paste(parts, "*", paste(kind, x, names(parts), sep = "."), "/", paste("n", x, names(parts), sep = "."), collapse = " + "), ")")
  index <- function(u) paste("(", paste(W, "*", sapply(paste(u, leaves, sep = "."), function(x) of("y", x)), collapse = " + "), ")")
  get <- function(expression) { k <- svycontrast(total, list(k = parse(text = expression)[[1]])); unname(c(coef(k), vcov(k))) }
  # Raters with an answer to any of the cells, minus their strata.
  df <- function(cs, only = TRUE) { has <- here & only & rowSums(sapply(cs, function(x) n(vars[[x]]))) > 0; degf(des[has, ]) }
  answered <- function(u) paste(u, leaves, sep = ".")
  for (u in units) {
    i <- get(index(u)); add(case, "index", unit = u, round = round, est = i[1], se = sqrt(i[2]), df = df(answered(u)), low = mean_ci(i[1], i[2], df(answered(u)))$low, high = mean_ci(i[1], i[2], df(answered(u)))$high)
    for (k in leaves) { x <- paste(u, k, sep = "."); a <- get(of("y", x)); do.call(add, c(list(case, "score", unit = u, indicator = k, round = round), mean_ci(a[1], a[2], df(x))))
      b <- get(of("s", x)); do.call(add, c(list(case, "rate", unit = u, indicator = k, round = round), if (case == "simple") { w <- wilson(b[1], sum(n(vars[[x]]) * here), qnorm(.975)); list(est = b[1], se = sqrt(b[2]), df = df(x), low = w[1], high = w[2]) } else share_ci(b[1], b[2], df(x)))) } }
  all <- unlist(lapply(units, answered)); mean_of <- paste("(", paste(sapply(units, index), collapse = " + "), ") /", length(units))
  p <- sapply(units, function(u) { m <- get(paste(index(u), "-", mean_of)); unname(holm_p(m[1], m[2], df(all))) }); h <- p.adjust(p, "holm")
  for (u in units) { m <- get(paste(index(u), "-", mean_of)); do.call(add, c(list(case, "class", unit = u, round = round, p = p[[u]], p_holm = h[[u]]), mean_ci(m[1], m[2], df(all)))) }
  both <- combn(units, 2); p <- apply(both, 2, function(b) { m <- get(paste(index(b[1]), "-", index(b[2]))); holm_p(m[1], m[2], df(unlist(lapply(b, answered)))) }); h <- p.adjust(p, "holm")
  for (i in seq_len(ncol(both))) { b <- both[, i]; m <- get(paste(index(b[1]), "-", index(b[2]))); do.call(add, c(list(case, "pair", unit = b[1], against = b[2], round = round, p = p[i], p_holm = h[i]), mean_ci(m[1], m[2], df(unlist(lapply(b, answered)))))) }
  if (length(parts) > 1) for (g in names(parts)) for (x in cells[1:2]) { e <- get(paste0("y.", x, ".", g, "/n.", x, ".", g)); ux <- strsplit(x, ".", fixed = TRUE)[[1]]
    do.call(add, c(list(case, "score", unit = ux[1], indicator = ux[2], group = g, round = round), mean_ci(e[1], e[2], df(x, vars$group == g)))) }
  list(index = sapply(units, function(u) c(get(index(u)), df(answered(u)))), score = sapply(cells, function(x) c(get(of("y", x)), df(x))))
}
weights <- rep(1, nrow(d)); pooled <- c(all = 1)
designs <- list(
  groups = list(svydesign(~1, strata = ~rg, fpc = ~N, weights = ~weights, data = d), G),
  endless = list(svydesign(~1, strata = ~rg, weights = ~weights, data = d), G),
  strata = list(svydesign(~1, strata = ~rs, fpc = ~S, weights = ~weights, data = d), pooled),
  simple = list(svydesign(~1, strata = ~round, weights = ~weights, data = d), pooled))
for (case in names(designs)) { one <- designs[[case]]; r <- lapply(c("r1", "r2"), function(x) run(case, one[[1]], x, one[[2]]))
  for (what in c("index", "score")) { a <- r[[1]][[what]]; b <- r[[2]][[what]]; e <- b[1, ] - a[1, ]; V <- a[2, ] + b[2, ]; df <- a[3, ] + b[3, ]
    p <- holm_p(e, V, df); h <- p.adjust(p, "holm")
    for (i in seq_along(e)) { ux <- strsplit(colnames(a)[i], ".", fixed = TRUE)[[1]]
      do.call(add, c(list(case, paste0("change of ", what), unit = ux[1], indicator = if (length(ux) > 1) ux[2], round = "r2", p = p[i], p_holm = h[i]), mean_ci(e[i], V[i], df[i]))) } } }
writeLines(toJSON(list(r = R.version.string, survey = as.character(packageVersion("survey")), known = known), digits = 17, auto_unbox = FALSE, null = "null"), "scores.json")
cat(length(known), "known\n")
