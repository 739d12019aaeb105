# Makes the known answers in this folder (cases/*.csv, known.json, quantiles.txt): Rscript make.R, with R's packages
# survey and jsonlite (Debian: r-base-core r-cran-survey r-cran-jsonlite r-cran-mass). The tests read the files and need no R.
suppressMessages({library(survey); library(jsonlite)})
args <- commandArgs(FALSE); here <- dirname(sub("--file=", "", args[grep("--file=", args)])); setwd(here)
dir.create("cases", showWarnings = FALSE)
set.seed(20261124)
num <- function(x) { x <- as.numeric(x); if (length(x) == 1 && !is.finite(x)) NULL else x }
cases <- list()
add <- function(name, data, args, want) {
  file <- paste0("cases/", data, ".csv")
  cases[[length(cases) + 1]] <<- list(name = unbox(name), data = unbox(file), args = args, want = want)
}
# One wanted estimate: how to find its row, and the values.
row <- function(kind, of, ..., level = NULL, by = NULL, against = NULL, round = NULL, before = NULL)
  list(kind = unbox(kind), of = unbox(of), level = if (is.null(level)) NULL else unbox(level), by = by, against = against,
       round = if (is.null(round)) NULL else unbox(round), before = if (is.null(before)) NULL else unbox(before), values = lapply(list(...), function(x) unbox(num(x))))
ci <- function(est, se, df, level = 0.95) as.numeric(est) + c(-1, 1) * qt(1 - (1 - level) / 2, df) * as.numeric(se)
wilson <- function(p, V, df, level = 0.95) { p <- as.numeric(p); n <- p * (1 - p) / as.numeric(V); t <- qt(1 - (1 - level) / 2, df); h <- t^2 / n
  (p + h / 2 + c(-1, 1) * t * sqrt(p * (1 - p) / n + h / (4 * n))) / (1 + h) }
stat <- function(kind, of, fun, f, des, ok, level = 0.95, ...) {
  sub <- des[ok, ]; m <- fun(f, sub, deff = "replace"); df <- degf(sub)
  i <- ci(coef(m), SE(m), df, level)
  row(kind, of, est = coef(m), se = SE(m), df = df, low = i[1], high = i[2], deff = deff(m), ...)
}
share <- function(of, lev, des, ok, ...) {
  des <- update(des, .hit = as.numeric(des$variables[[of]] == lev)); sub <- des[ok, ]
  m <- svymean(~.hit, sub, deff = "replace"); df <- degf(sub); w <- wilson(coef(m), vcov(m), df); i <- ci(coef(m), SE(m), df)
  row("proportion", of, level = lev, est = coef(m), se = SE(m), df = df, t_low = i[1], t_high = i[2], low = w[1], high = w[2], deff = deff(m),
      n_eff = as.numeric(coef(m)) * (1 - as.numeric(coef(m))) / as.numeric(vcov(m)), ...)
}
write <- function(d, name) write.csv(d, paste0("cases/", name, ".csv"), row.names = FALSE, na = "", quote = FALSE)
read <- function(name) { d <- read.csv(paste0("cases/", name, ".csv"), na.strings = "", stringsAsFactors = FALSE); d }

## A county: 5 strata, villages of unequal size, households, unequal weights, blanks, don't-knows.
make <- function(H = 5, A = 6, B = 4, K = 3) {
  d <- expand.grid(k = 1:K, b = 1:B, a = 1:A, h = 1:H)
  keep <- runif(nrow(d)) < 0.85; d <- d[keep, ]
  d$stratum <- c("城区", "城郊", "平原", "山区", "湖区")[d$h]; d$psu <- sprintf("v%02d", d$h * 10 + d$a); d$ssu <- sprintf("h%d", d$b)
  d$N <- c(40, 35, 60, 22, 6)[d$h]; d$M <- 8 + (d$a * 3 + d$h) %% 7
  d$w <- round(d$N / A * d$M / B * runif(nrow(d), 0.5, 1.8), 3)
  e <- rnorm(nrow(d)) + rnorm(A * H)[(d$h - 1) * A + d$a]
  d$grade <- c("很不满意", "不满意", "一般", "满意", "很满意")[pmin(5, pmax(1, round(3.6 + e)))]
  d$y <- round(1000 + 35 * e, 2); d$x <- round(3 + abs(rnorm(nrow(d))), 3)
  d$sex <- sample(c("F", "M"), nrow(d), TRUE); d$age <- sample(c("y", "m", "o"), nrow(d), TRUE, c(.3, .4, .3))
  d$unit <- sample(c("a", "b", "c", "d"), nrow(d), TRUE); d$group <- sample(c("cadre", "resident"), nrow(d), TRUE, c(.3, .7))
  d$grade[runif(nrow(d)) < .08] <- "不了解"; d$y[runif(nrow(d)) < .1] <- NA; d$x[runif(nrow(d)) < .05] <- NA
  d[sample(nrow(d)), c("stratum", "psu", "ssu", "N", "M", "w", "grade", "y", "x", "sex", "age", "unit", "group")]
}
write(make(), "county"); d <- read("county")
points <- c("很满意" = 100, "满意" = 80, "一般" = 60, "不满意" = 30, "很不满意" = 0); d$s <- unname(points[d$grade])
score <- "grade=很满意:100,满意:80,一般:60,不满意:30,很不满意:0"; d$grade[d$grade == "不了解"] <- NA
designs <- list(
  srs = list(svydesign(~1, data = d, weights = rep(1, nrow(d))), character()),
  weighted = list(svydesign(~1, data = d, weights = ~w), c("--weight", "w")),
  stratified = list(svydesign(~1, strata = ~stratum, data = d, weights = ~w), c("--strata", "stratum", "--weight", "w")),
  clustered = list(svydesign(~psu, data = d, weights = ~w), c("--cluster", "psu", "--weight", "w")),
  both = list(svydesign(~psu, strata = ~stratum, data = d, weights = ~w), c("--strata", "stratum", "--cluster", "psu", "--weight", "w")),
  fpc = list(svydesign(~psu, strata = ~stratum, fpc = ~N, data = d, weights = ~w), c("--strata", "stratum", "--cluster", "psu", "--weight", "w", "--fpc", "N")),
  two = list(svydesign(~psu + ssu, strata = ~stratum, fpc = ~N + M, data = d, weights = ~w), c("--strata", "stratum", "--cluster", "psu,ssu", "--weight", "w", "--fpc", "N,M")),
  two_ultimate = list(svydesign(~psu + ssu, strata = ~stratum, data = d, weights = ~w), c("--strata", "stratum", "--cluster", "psu,ssu", "--weight", "w")),
  two_weightless = list(svydesign(~psu + ssu, strata = ~stratum, fpc = ~N + M, data = d), c("--strata", "stratum", "--cluster", "psu,ssu", "--fpc", "N,M")))
ask <- c("--mean", "y", "--total", "y", "--ratio", "y/x", "--mean", "grade", "--proportion", "grade", "--missing", "不了解", "--score", score)
for (name in names(designs)) {
  des <- designs[[name]][[1]]; ok <- !is.na(d$y); both <- ok & !is.na(d$x); g <- !is.na(d$grade)
  r <- svyratio(~y, ~x, des[both, ], deff = "replace"); i <- ci(coef(r), SE(r), degf(des[both, ]))
  want <- list(stat("mean", "y", svymean, ~y, des, ok), stat("total", "y", svytotal, ~y, des, ok),
    row("ratio", "y/x", est = coef(r), se = SE(r), df = degf(des[both, ]), low = i[1], high = i[2], deff = as.numeric(attr(r, "deff"))),
    { x <- stat("mean", "grade", svymean, ~s, des, g); x$of <- unbox("grade"); x })
  # The interval of a share from a simple random sample uses n and z; the others are checked with it.
  if (name != "srs") want <- c(want, lapply(names(points), function(l) share("grade", l, des, g)))
  add(name, "county", c(designs[[name]][[2]], ask), want)
  # Domains keep the whole design.
  dom <- lapply(sort(unique(d$unit)), function(u) list(stat("mean", "y", svymean, ~y, des, ok & d$unit == u, by = u), stat("total", "y", svytotal, ~y, des, ok & d$unit == u, by = u),
    { rr <- svyratio(~y, ~x, des[both & d$unit == u, ], deff = "replace"); row("ratio", "y/x", by = u, est = coef(rr), se = SE(rr), df = degf(des[both & d$unit == u, ])) }))
  add(paste0(name, ", domains"), "county", c(designs[[name]][[2]], ask[1:6], "--by", "unit"), do.call(c, dom))
  # Differences of domains share primary units: nonlinear contrast of four totals.
  dd <- update(des, ya = ifelse(ok & unit == "a", y, 0), na = as.numeric(ok & unit == "a"), yb = ifelse(ok & unit == "b", y, 0), nb = as.numeric(ok & unit == "b"))
  tt <- svytotal(~ya + na + yb + nb, dd); k <- svycontrast(tt, list(d = quote(ya / na - yb / nb), a = quote(ya / na), b = quote(yb / nb)))
  df <- degf(des[ok & d$unit %in% c("a", "b"), ]); v <- vcov(k); i <- ci(coef(k)[1], sqrt(v[1, 1]), df)
  add(paste0(name, ", difference"), "county", c(designs[[name]][[2]], "--mean", "y", "--by", "unit", "--difference"),
    list(row("mean", "y", by = "a", against = "b", est = coef(k)[1], se = sqrt(v[1, 1]), df = df, low = i[1], high = i[2], covariance = v[2, 3],
      t = coef(k)[1] / sqrt(v[1, 1]), p = 2 * pt(-abs(coef(k)[1] / sqrt(v[1, 1])), df))))
  # Weighted groups: .3 cadres + .7 residents.
  gg <- update(des, yc = ifelse(ok & group == "cadre", y, 0), nc = as.numeric(ok & group == "cadre"), yr = ifelse(ok & group == "resident", y, 0), nr = as.numeric(ok & group == "resident"))
  k <- svycontrast(svytotal(~yc + nc + yr + nr, gg), list(s = quote(.3 * yc / nc + .7 * yr / nr)))
  add(paste0(name, ", groups"), "county", c(designs[[name]][[2]], "--mean", "y", "--groups", "group=cadre:0.3,resident:0.7"),
    list(row("mean", "y", est = coef(k), se = SE(k), df = degf(des[ok, ]))))
  # An index of two items with their covariance.
  nn <- update(des, y0 = ifelse(ok, y, 0), n0 = as.numeric(ok), s0 = ifelse(g, s, 0), m0 = as.numeric(g))
  k <- svycontrast(svytotal(~y0 + n0 + s0 + m0, nn), list(i = quote(.4 * y0 / n0 + .6 * s0 / m0), d = quote(y0 / n0 - s0 / m0)))
  add(paste0(name, ", index"), "county", c(designs[[name]][[2]], "--index", "all=y:0.4,grade:0.6", "--index", "gap=y:1,grade:-1", "--missing", "不了解", "--score", score),
    list(row("index", "all", est = coef(k)[1], se = SE(k)[1]), row("index", "gap", est = coef(k)[2], se = SE(k)[2], df = degf(des[ok | g, ]))))
  # Quantiles.
  for (q in c(.25, .5, .9)) { s <- svyquantile(~y, des[ok, ], q, interval.type = "mean", qrule = "math"); z <- s[[1]]
    add(paste0(name, ", quantile ", q), "county", c(designs[[name]][[2]], "--quantile", paste0("y:", q)), list(row("quantile", "y", level = as.character(q), est = z[1], low = z[2], high = z[3], se = z[4]))) }
}
# Other intervals of shares.
for (name in c("weighted", "both", "two")) { des <- update(designs[[name]][[1]], .hit = as.numeric(grade == "满意")); sub <- des[!is.na(d$grade), ]
  for (how in c("logit", "beta")) { p <- svyciprop(~.hit, sub, method = if (how == "logit") "xlogit" else how); i <- attr(p, "ci")
    add(paste(name, how), "county", c(designs[[name]][[2]], "--proportion", "grade=满意", "--missing", "不了解", "--interval", how), list(row("proportion", "grade", level = "满意", est = p, low = i[1], high = i[2]))) } }
## Other levels, design effect without replacement, a filter, two columns of domains.
des <- designs$fpc[[1]]; ok <- !is.na(d$y)
add("level 90", "county", c(designs$fpc[[2]], "--mean", "y", "--level", "0.9"), list(stat("mean", "y", svymean, ~y, des, ok, level = .9)))
m <- svymean(~y, des[ok, ], deff = TRUE); add("deff without replacement", "county", c(designs$fpc[[2]], "--mean", "y", "--deff", "without"), list(row("mean", "y", est = coef(m), deff = deff(m))))
add("filter", "county", c(designs$fpc[[2]], "--mean", "y", "--where", "unit=a|b", "--where", "sex=F"), list(stat("mean", "y", svymean, ~y, des, ok & d$unit %in% c("a", "b") & d$sex == "F")))
add("two by", "county", c(designs$fpc[[2]], "--mean", "y", "--by", "unit,sex"), do.call(c, lapply(c("a", "c"), function(u) lapply(c("F", "M"), function(s) stat("mean", "y", svymean, ~y, des, ok & d$unit == u & d$sex == s, by = c(u, s))))))
add("heads", "county", c(designs$fpc[[2]], "--total", "sex=F"), list({ dd <- update(des, f = as.numeric(sex == "F")); t <- svytotal(~f, dd, deff = "replace"); row("total", "sex", level = "F", est = coef(t), se = SE(t), df = degf(des), deff = deff(t)) }))
m <- svymean(~y, des[ok, ]); v <- svyvar(~y, des[ok, ]); n <- sum(ok); w <- d$w[ok]
add("spread", "county", c(designs$fpc[[2]], "--mean", "y"), list(row("mean", "y", var_sample = coef(v), var_population = coef(v) * (n - 1) / n, kish = n * sum(w^2) / sum(w)^2, weight_sum = sum(w), n = n)))
## Sampling fractions instead of sizes.
f <- d; a <- tapply(f$psu, f$stratum, function(x) length(unique(x))); f$frac <- round(a[f$stratum] / f$N, 6); write(f[, c("stratum", "psu", "w", "y", "frac")], "fractions")
f <- read("fractions"); fd <- svydesign(~psu, strata = ~stratum, fpc = ~frac, weights = ~w, data = f)
add("fractions", "fractions", c("--strata", "stratum", "--cluster", "psu", "--weight", "w", "--fpc", "frac", "--mean", "y"), list(stat("mean", "y", svymean, ~y, fd, !is.na(f$y))))
fd <- svydesign(~psu, strata = ~stratum, fpc = ~frac, data = f)
add("fractions, no weights", "fractions", c("--strata", "stratum", "--cluster", "psu", "--fpc", "frac", "--mean", "y", "--total", "y"), list(stat("mean", "y", svymean, ~y, fd, !is.na(f$y)), stat("total", "y", svytotal, ~y, fd, !is.na(f$y))))
## Cluster numbers that begin anew in each stratum.
f <- d; f$num <- substr(f$psu, 3, 3); write(f[, c("stratum", "num", "w", "y", "unit")], "nested"); f <- read("nested")
fd <- svydesign(~num, strata = ~stratum, weights = ~w, data = f, nest = TRUE)
add("nested", "nested", c("--strata", "stratum", "--cluster", "num", "--nest", "--weight", "w", "--mean", "y"), list(stat("mean", "y", svymean, ~y, fd, !is.na(f$y))))
# Rows that a domain leaves out stay in a calibrated design, and must hold numbers there.
filled <- function(p) { for (n in intersect(c("y", "x"), names(p$variables))) p$variables[[n]][is.na(p$variables[[n]])] <- 0; p }
## Strata with a single primary unit, and secondary units of one.
l <- d[!(d$stratum == "山区" & d$psu != "v41") & !(d$stratum == "湖区" & d$psu != "v52"), ]; write(l[, c("stratum", "psu", "ssu", "N", "M", "w", "y", "unit", "sex")], "lonely"); l <- read("lonely"); ok <- !is.na(l$y)
for (how in c("adjust", "certainty", "average")) { options(survey.lonely.psu = how)
  ld <- svydesign(~psu, strata = ~stratum, weights = ~w, data = l); lf <- svydesign(~psu, strata = ~stratum, fpc = ~N, weights = ~w, data = l)
  base <- c("--strata", "stratum", "--cluster", "psu", "--weight", "w", "--lonely", how)
  add(paste("lonely", how), "lonely", c(base, "--mean", "y", "--total", "y"), list(stat("mean", "y", svymean, ~y, ld, ok), stat("total", "y", svytotal, ~y, ld, ok)))
  add(paste("lonely", how, "fpc"), "lonely", c(base, "--fpc", "N", "--mean", "y", "--total", "y"), list(stat("mean", "y", svymean, ~y, lf, ok), stat("total", "y", svytotal, ~y, lf, ok)))
  add(paste("lonely", how, "domain"), "lonely", c(base, "--mean", "y", "--by", "unit"), lapply(c("a", "b", "c", "d"), function(u) stat("mean", "y", svymean, ~y, ld, ok & l$unit == u, by = u)))
  ps <- data.frame(sex = c("F", "M"), Freq = c(900, 1100)); lp <- filled(postStratify(ld, ~sex, ps))
  add(paste("lonely", how, "poststratified"), "lonely", c(base, "--mean", "y", "--by", "unit", "--poststratify", "sex=F:900,M:1100"), lapply(c("a", "b", "c", "d"), function(u) stat("mean", "y", svymean, ~y, lp, ok & l$unit == u, by = u)))
  if (how != "average") { l2 <- svydesign(~psu + ssu, strata = ~stratum, fpc = ~N + M, weights = ~w, data = l)
    add(paste("lonely", how, "two stages"), "lonely", c(base[1:2], "--cluster", "psu,ssu", base[5:8], "--fpc", "N,M", "--mean", "y", "--by", "unit"), lapply(c("a", "b", "c", "d"), function(u) stat("mean", "y", svymean, ~y, l2, ok & l$unit == u, by = u))) }
}
options(survey.lonely.psu = "fail")
## Known totals.
options(survey.lonely.psu = "adjust"); ok <- !is.na(d$y); both <- ok & !is.na(d$x)
for (name in c("weighted", "both", "fpc", "two")) { des <- designs[[name]][[1]]; a <- designs[[name]][[2]]
  kinds <- function(p) { r <- svyratio(~y, ~x, p[both, ], deff = "replace"); list(stat("mean", "y", svymean, ~y, p, ok), stat("total", "y", svytotal, ~y, p, ok), row("ratio", "y/x", est = coef(r), se = SE(r), deff = as.numeric(attr(r, "deff")))) }
  doms <- function(p) lapply(c("a", "b", "c", "d"), function(u) stat("mean", "y", svymean, ~y, p, ok & d$unit == u, by = u))
  ps <- expand.grid(sex = c("F", "M"), age = c("m", "o", "y")); ps$Freq <- c(700, 650, 500, 420, 610.5, 590.25)
  inline <- paste0("sex,age=", paste0(ps$sex, "+", ps$age, ":", ps$Freq, collapse = ",")); p <- filled(postStratify(des, ~sex + age, ps))
  add(paste(name, "poststratified"), "county", c(a, ask[1:6], "--poststratify", inline), kinds(p)); add(paste(name, "poststratified domains"), "county", c(a, ask[1:2], "--by", "unit", "--poststratify", inline), doms(p))
  sex <- c(F = 1700, M = 1770); age <- c(m = 1300, o = 900, y = 1270); st <- c("城区" = 800, "城郊" = 700, "平原" = 1000, "山区" = 770, "湖区" = 200)
  # The variance of calibrate(), at the limit of raking.
  for (m in 2:3) { fr <- list(~sex + age, ~sex + age + stratum)[[m - 1]]; mm <- colnames(model.matrix(fr, d))
    pop <- c("(Intercept)" = 3470, sexM = 1770, ageo = 900, agey = 1270, "stratum城郊" = 700, "stratum平原" = 1000, "stratum山区" = 770, "stratum湖区" = 200)[mm]
    ok2 <- tryCatch({ p <- filled(calibrate(des, fr, pop, calfun = "raking", epsilon = 1e-12, maxit = 500)); TRUE }, error = function(e) FALSE)
    stopifnot(ok2); rk <- c("--rake", "sex=F:1700,M:1770", "--rake", "age=m:1300,o:900,y:1270", if (m == 3) c("--rake", paste0("stratum=", paste0(names(st), ":", st, collapse = ","))))
    add(paste(name, "raked", m), "county", c(a, ask[1:6], rk), kinds(p)); add(paste(name, "raked domains", m), "county", c(a, ask[1:2], "--by", "unit", rk), doms(p)) }
}
## Two rounds: drawn anew, or the same villages again.
j <- make(); n <- make(); j$round <- "2025"; n$round <- "2026"; n$y <- round(n$y + 20, 2); b <- rbind(j, n); b <- b[sample(nrow(b)), ]; write(b[, c("round", "stratum", "psu", "N", "w", "y", "unit")], "rounds")
b <- read("rounds"); ok <- !is.na(b$y); b$rp <- paste(b$round, b$psu); b$rs <- paste(b$round, b$stratum)
change <- function(des, label, args, dom = rep(TRUE, nrow(b)), by = NULL) { o <- ok & dom
  dd <- update(des, y1 = ifelse(o & round == 2025, y, 0), n1 = as.numeric(o & round == 2025), y2 = ifelse(o & round == 2026, y, 0), n2 = as.numeric(o & round == 2026))
  k <- svycontrast(svytotal(~y1 + n1 + y2 + n2, dd), list(d = quote(y2 / n2 - y1 / n1), a = quote(y2 / n2), b = quote(y1 / n1))); v <- vcov(k); df <- degf(des[o, ])
  i <- ci(coef(k)[1], sqrt(v[1, 1]), df)
  row("mean", "y", by = by, round = "2026", before = "2025", est = coef(k)[1], se = sqrt(v[1, 1]), df = df, low = i[1], high = i[2], covariance = v[2, 3], p = 2 * pt(-abs(coef(k)[1] / sqrt(v[1, 1])), df)) }
anew <- svydesign(~rp, strata = ~rs, weights = ~w, data = b); same <- svydesign(~psu, strata = ~stratum, weights = ~w, data = b)
samef <- svydesign(~psu, strata = ~stratum, fpc = ~N, weights = ~w, data = b); rows <- svydesign(~1, strata = ~round, weights = ~w, data = b)
ra <- c("--strata", "stratum", "--cluster", "psu", "--weight", "w", "--mean", "y", "--change", "round")
add("rounds anew", "rounds", c(ra, "--rounds", "independent"), list(change(anew))); add("rounds same villages", "rounds", c(ra, "--rounds", "shared"), list(change(same)))
add("rounds same villages fpc", "rounds", c(ra, "--rounds", "shared", "--fpc", "N"), list(change(samef))); add("rounds of people", "rounds", c("--weight", "w", "--mean", "y", "--change", "round"), list(change(rows)))
units <- c("a", "b", "c", "d"); hl <- lapply(units, function(u) change(same, dom = b$unit == u, by = u)); hp <- p.adjust(sapply(hl, function(x) x$values$p), "holm")
for (q in seq_along(hl)) hl[[q]]$values$p_holm <- unbox(hp[q])
add("rounds by unit", "rounds", c(ra, "--rounds", "shared", "--by", "unit"), hl)
## Integers of one size, tiny weights, large values: numerically hard.
h <- data.frame(stratum = rep(c("A", "B"), each = 40), psu = rep(sprintf("p%02d", 1:20), each = 4), w = signif(10^runif(80, -6, 6), 12), y = 123456789 + sample(0:9, 80, TRUE)); write(h, "hard"); h <- read("hard")
hd <- svydesign(~psu, strata = ~stratum, weights = ~w, data = h); add("hard", "hard", c("--strata", "stratum", "--cluster", "psu", "--weight", "w", "--mean", "y"), list(stat("mean", "y", svymean, ~y, hd, rep(TRUE, 80))))
## The package's own schools.
data(api); keep <- c("cds", "stype", "dnum", "snum", "pw", "fpc", "api00", "api99", "enroll", "awards", "sch.wide")
s <- apistrat[, keep]; write(s, "apistrat"); s <- read("apistrat"); c1 <- apiclus1[, keep]; write(c1, "apiclus1"); c1 <- read("apiclus1"); c2 <- apiclus2[, c(keep[1:5], "fpc1", "fpc2", keep[7:11])]; write(c2, "apiclus2"); c2 <- read("apiclus2")
api <- list(list("apistrat", svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = s), s, c("--strata", "stype", "--weight", "pw", "--fpc", "fpc")),
  list("apiclus1", svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = c1), c1, c("--cluster", "dnum", "--weight", "pw", "--fpc", "fpc")),
  list("apiclus2", svydesign(~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = c2), c2, c("--cluster", "dnum,snum", "--weight", "pw", "--fpc", "fpc1,fpc2")),
  list("apiclus2", svydesign(~dnum + snum, fpc = ~fpc1 + fpc2, data = c2), c2, c("--cluster", "dnum,snum", "--fpc", "fpc1,fpc2")))
for (q in api) { x <- q[[3]]; des <- q[[2]]; all <- rep(TRUE, nrow(x)); e <- !is.na(x$enroll); r <- svyratio(~api00, ~api99, des, deff = "replace")
  add(paste(q[[1]], if (length(q[[4]]) < 6) "a" else "b"), q[[1]], c(q[[4]], "--mean", "api00", "--total", "enroll", "--ratio", "api00/api99", "--proportion", "awards=Yes"),
    list(stat("mean", "api00", svymean, ~api00, des, all), stat("total", "enroll", svytotal, ~enroll, des, e), row("ratio", "api00/api99", est = coef(r), se = SE(r), deff = as.numeric(attr(r, "deff"))), share("awards", "Yes", des, all)))
  add(paste(q[[1]], "by type"), q[[1]], c(q[[4]], "--mean", "api00", "--total", "enroll", "--by", "stype"), do.call(c, lapply(c("E", "H", "M"), function(t) list(stat("mean", "api00", svymean, ~api00, des, x$stype == t, by = t), stat("total", "enroll", svytotal, ~enroll, des, e & x$stype == t, by = t))))) }
## Quantiles and tails of distributions.
line <- function(...) cat(paste(...), "\n", sep = "", file = "quantiles.txt", append = TRUE); g <- function(x) sprintf("%.17g", x); unlink("quantiles.txt"); whole <- function(x) format(x, scientific = FALSE)
for (df in c(1:5, 7, 10, 15, 29, 30, 49, 64, 65, 100, 218, 500, 999, 1000, 1001, 5000, 1e5, 1e6, 1e7)) for (q in c(.8, .5, .2, .1, .05, .02, .01, .002, .001, 1e-4, 1e-6)) line("qt", whole(df), q, g(qt(q / 2, df, lower.tail = FALSE)))
for (df in c(1, 2, 3, 5, 10, 50, 64, 65, 218, 999, 1001, 5000, 1e5, 1e6)) for (t in c(.01, .1, .5, .9, 1, 1.1, 2, 3, 4, 5)) line("pt", whole(df), t, g(2 * pt(t, df, lower.tail = FALSE)))
for (p in c(.6, .75, .9, .95, .975, .99, .995, .999, .9999, .025, .8)) line("qnorm", 0, p, g(qnorm(p)))
for (a in c(.3, 1, 2.5, 10, 77.7, 500)) for (b in c(.4, 1, 3, 25.5, 400)) for (p in c(.005, .025, .05, .5, .95, .975)) { x <- qbeta(p, a, b); if (x > 1e-12 && x < 1 - 1e-12) line("qbeta", a, b, p, g(x)) }
known <- list(made_with = unbox(paste0(R.version.string, ", survey ", packageVersion("survey"))), cases = cases)
writeLines(toJSON(known, digits = NA, pretty = 1, null = "null", na = "null"), "known.json")
cat(length(cases), "cases\n")
