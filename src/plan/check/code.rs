use super::Severity;

macro_rules! codes {
    ($($variant:ident $severity:ident $name:literal {
        $found:literal $advice:literal
        $found_zh:literal $advice_zh:literal
    })*) => {
        /// What can be wrong with a plan.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $found] $variant,)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The name for programs; stays the same over versions.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// What was found and what to do, with `{0}` and so on where arguments go.
            pub(super) fn words(self, language: &str) -> (&'static str, &'static str) {
                let zh = language.starts_with("zh");
                match self { $(Code::$variant => if zh { ($found_zh, $advice_zh) } else { ($found, $advice) },)* }
            }
        }
    };
}

codes! {
    // The shape.
    NotJson Error "not-json" {
        "this is not JSON: {0}" "put the text right here; commas and quotes are the usual cause"
        "不是 JSON:{0}" "请改正此处,常见原因是逗号或引号"
    }
    ByteOrderMark Error "byte-order-mark" {
        "the file begins with a byte order mark" "save it as UTF-8 without BOM"
        "文件以字节顺序标记(BOM)开头" "请另存为不带 BOM 的 UTF-8"
    }
    RepeatedMember Error "repeated-member" {
        "`{0}` stands twice in the same object" "keep one: programs disagree about which of them counts"
        "同一对象中 `{0}` 出现两次" "请只留一个:不同程序会取不同的一个"
    }
    WrongType Error "wrong-type" {
        "{0} stands where {1} is expected" "write {1}"
        "此处应为{3},却是{2}" "请改为{3}"
    }
    MissingMember Error "missing-member" {
        "`{0}` is missing" "add it"
        "缺少 `{0}`" "请补上"
    }
    UnknownMember Error "unknown-member" {
        "`{0}` is no member here" "remove it or correct its name; known are {1}"
        "此处没有名为 `{0}` 的成员" "请删除或改正名称;可用的有 {1}"
    }
    NotOneOf Error "not-one-of" {
        "`{0}` is not known here" "write one of {1}"
        "此处不认识 `{0}`" "请写下列之一:{1}"
    }
    BadNumber Error "bad-number" {
        "`{0}` cannot be used: {1}" "write a number in the range with at most six decimal places"
        "`{0}` 不能用:{2}" "请写范围内、小数不超过六位的数"
    }
    BadShape Error "bad-shape" {
        "this has not the shape of a plan: {0}" "compare with schema/plan-1.json"
        "不符合方案格式:{0}" "请对照 schema/plan-1.json"
    }
    OtherFormat Error "other-format" {
        "the plan has format `{0}`, and this program reads format 1" "write `\"format\": 1`, or use a newer program"
        "方案格式为 `{0}`,本程序只读格式 1" "请写 `\"format\": 1`,或换用新版程序"
    }
    MoreProblems Warning "more-problems" {
        "there are {0} more problems" "put these right and check again"
        "另有 {0} 处问题" "请先改正这些,再检查一次"
    }
    EmptyList Error "empty-list" {
        "`{0}` is empty" "add at least one"
        "`{0}` 是空的" "请至少写一个"
    }

    // Languages and texts.
    BadLanguage Error "bad-language" {
        "`{0}` is no language tag" "write a BCP 47 tag, such as `zh`, `en` or `zh-Hant`"
        "`{0}` 不是语言标签" "请写 BCP 47 标签,如 `zh`、`en`、`zh-Hant`"
    }
    RepeatedEntry Error "repeated-entry" {
        "`{0}` is listed twice" "remove one"
        "`{0}` 列了两次" "请删去一个"
    }
    MissingText Error "missing-text" {
        "there is no text in `{0}`, the plan's first language" "write it"
        "缺少 `{0}`(方案的第一语言)文本" "请补写"
    }
    MissingTranslation Warning "missing-translation" {
        "there is no text in `{0}`" "translate it; until then, readers of `{0}` see `{1}`"
        "缺少 `{0}` 文本" "请翻译;在此之前 `{0}` 读者看到的是 `{1}`"
    }
    UnlistedLanguage Warning "unlisted-language" {
        "this text is in `{0}`, which the plan does not list" "add `{0}` to `languages`, or remove the text"
        "方案没有列出 `{0}` 语言" "请把 `{0}` 加入 `languages`,或删去此文本"
    }
    HiddenCharacters Warning "hidden-characters" {
        "the text holds {0}, which nobody sees and which can turn the order of what is read" "remove it; a text written from right to left needs none"
        "文本中有看不见的 {0},会打乱文字顺序" "请删去;从右到左的文字不需要它"
    }

    // Names and references.
    BadId Error "bad-id" {
        "`{0}` cannot be an id" "use letters, digits, `-`, `_` and `.`, at most 64, beginning with a letter or digit"
        "`{0}` 不能作 id" "请用字母、数字、`-`、`_`、`.`,不超过 64 个,以字母或数字开头"
    }
    BadPlanId Error "bad-plan-id" {
        "`{0}` cannot be the id of a plan" "use lower-case letters a-z, digits and `-`, at most 64, beginning with a letter: it becomes a file name"
        "`{0}` 不能作方案 id" "请用小写字母、数字和 `-`,不超过 64 个,以字母开头:它会成为文件名"
    }
    BadName Error "bad-name" {
        "`{0}` cannot be the name of an item" "begin with a letter or `_`, go on with letters, digits, `_`, `-`, `.`"
        "`{0}` 不能作题目名称" "请以字母或 `_` 开头,后接字母、数字、`_`、`-`、`.`"
    }
    BadOption Error "bad-option" {
        "`{0}` cannot be the name of an answer" "use at least one character and no spaces"
        "`{0}` 不能作选项名称" "请至少写一个字符,不含空格"
    }
    RepeatedId Error "repeated-id" {
        "`{0}` is already used at {1}" "give one of them another name"
        "`{0}` 已用于 {1}" "请改用别的名称"
    }
    UnknownReference Error "unknown-reference" {
        "`{0}` is not in `{1}`" "correct the name or add it there; known are {2}"
        "`{1}` 中没有 `{0}`" "请改正名称,或在那里补上;现有 {2}"
    }

    // Rounds.
    BadDate Error "bad-date" {
        "`{0}` is no date" "write year, month and day as `YYYY-MM-DD`"
        "`{0}` 不是日期" "请按 `YYYY-MM-DD` 写年月日"
    }
    ClosesBeforeOpens Error "closes-before-opens" {
        "the round closes on {0}, before it opens on {1}" "exchange the dates or correct one"
        "该轮 {0} 结束,早于 {1} 开始" "请对调或改正日期"
    }

    // Work steps.
    NoDay Error "no-day" {
        "the step does not say when it begins" "write `from` as a day, or `from_day` as days from where a round opens or closes"
        "没有写明此步骤何时开始" "请写 `from`(日期),或写 `from_day`(距某轮开始或结束的天数)"
    }
    TwoCalendars Error "two-calendars" {
        "`{0}` counts days of a round, but the step has `{1}`, a day of its own" "keep one: days of the calendar (`from`, `to`) or days of a round (`from_day`, `to_day`, `relative_to`, `round`)"
        "`{0}` 按轮次计天,而此步骤已写日期 `{1}`" "两种写法请只留一种:日期(`from`、`to`),或轮次的天数(`from_day`、`to_day`、`relative_to`、`round`)"
    }
    EndsBeforeBegins Error "ends-before-begins" {
        "the step ends on {0}, before it begins on {1}" "exchange the two or correct one"
        "此步骤止于 {0},早于开始的 {1}" "请对调或改正"
    }

    // Units, scales, indicators, weights.
    NoUnitGroup Error "no-unit-group" {
        "the plan has unit groups and this unit is in none" "add `group`; known are {0}"
        "方案有单位分类,此单位却没有归类" "请加上 `group`;现有 {0}"
    }
    EmptyUnitGroup Warning "empty-unit-group" {
        "no unit is in the group `{0}`" "put units in it or remove it"
        "分类 `{0}` 中没有单位" "请归入单位或删去"
    }
    TooFewGrades Error "too-few-grades" {
        "the scale has {0} grades" "give it at least two"
        "量表只有 {0} 个等级" "至少要有两个"
    }
    GradesNotOrdered Warning "grades-not-ordered" {
        "`{0}` has a higher score than the grade before it" "order the grades from best to worst"
        "`{0}` 的分值高于前一等级" "请从好到差排列"
    }
    SatisfiedNotOrdered Warning "satisfied-not-ordered" {
        "`{0}` counts as satisfied and a better grade does not" "correct `satisfied`, or order the grades from best to worst"
        "`{0}` 算满意,更好的等级却不算" "请改正 `satisfied`,或从好到差排列等级"
    }
    SatisfiedAlike Warning "satisfied-alike" {
        "all grades have the same `satisfied`, so the satisfaction rate says nothing" "set it to true for the better grades only"
        "所有等级的 `satisfied` 都一样,满意率没有意义" "请只对较好的等级写 true"
    }
    BadWeight Error "bad-weight" {
        "the weight is {0}" "write a weight above 0 and at most 1; 0 only for an indicator that is shown beside the index"
        "权重为 {0}" "权重应大于 0、不超过 1;只作参考、不进指数的指标可以写 0"
    }
    WeightsDoNotSum Error "weights-do-not-sum" {
        "the weights here sum to {0}" "make them sum to exactly 1; thirds are written 0.333333, 0.333333, 0.333334"
        "此处权重之和为 {0}" "应正好等于 1;三等分写作 0.333333、0.333333、0.333334"
    }
    ClassWeightsDoNotSum Error "class-weights-do-not-sum" {
        "for units of class `{0}` the weights here sum to {1}" "make the weights of the indicators that are for this class sum to exactly 1"
        "对类别 `{0}` 的单位,此处权重之和为 {1}" "适用于该类别的指标,权重之和应正好等于 1"
    }
    ClassNotAbove Error "class-not-above" {
        "the indicator above, `{1}`, is not for class `{0}`" "remove the class here, or add it above"
        "上级指标 `{1}` 不适用于类别 `{0}`" "请在此处删去该类别,或在上级指标中加上"
    }
    NotForItsClass Error "not-for-its-class" {
        "the indicator `{0}` is not for the class of the unit `{1}`, `{2}`" "give each class an item of its own, or add the class to the `unit_groups` of the indicator"
        "指标 `{0}` 不适用于单位 `{1}` 所在的类别 `{2}`" "请给每个类别单设题目,或在指标的 `unit_groups` 中加上该类别"
    }
    NothingInCommon Error "nothing-in-common" {
        "no indicator is for the units of all these classes: {0}" "give each class a matrix of its own"
        "没有一个指标同时适用于这些类别的单位:{0}" "请给每个类别单设一个矩阵"
    }
    SecondIndex Error "second-index" {
        "`{0}` has no `figures`, and a part before it has none either: both would be the index" "name the figures of one of them, or remove it"
        "`{0}` 没有 `figures`,前面已有一项也没有:两项都会是综合指数" "请给其中一项写明数据来源,或删去"
    }
    NothingToTrim Error "nothing-to-trim" {
        "the index has no highest and lowest number to leave out" "remove `trimmed`; it is for parts with `figures`"
        "综合指数没有可去掉的最高分和最低分" "请删去 `trimmed`,它只用于有 `figures` 的部分"
    }
    UnitWithoutPart Warning "unit-without-part" {
        "there are no numbers for {0}, so these units have no combined score" "add a figure for each unit"
        "这些单位没有数据:{0},因此没有综合得分" "请给每个单位各写一项数据来源"
    }
    FigureWithoutRange Error "figure-without-range" {
        "`zero` and `full` are both {0}" "write the number that is worth 0 points and the one that is worth 100"
        "`zero` 和 `full` 都是 {0}" "请分别写明得 0 分和得 100 分的数"
    }
    NoNumber Error "no-number" {
        "`{0}` is no item with a number in the questionnaire `{1}`" "name one of {2}"
        "问卷 `{1}` 里没有名为 `{0}` 的数字题" "请写下列之一:{2}"
    }
    SomeWeights Error "some-weights" {
        "`{0}` has no weight and other rater groups have one" "give every rater group a weight, or none of them"
        "`{0}` 没有权重,而其他评价群体有" "请给所有群体写权重,或都不写"
    }

    // Items.
    DoesNotApply Error "does-not-apply" {
        "`{0}` does not apply to an item of type `{1}`" "remove it"
        "`{0}` 不适用于 `{1}` 类型的题目" "请删去"
    }
    NeedsMember Error "needs-member" {
        "an item of type `{1}` needs `{0}`" "add it"
        "`{1}` 类型的题目必须有 `{0}`" "请补上"
    }
    DefaultAndFrom Error "default-and-from" {
        "the value is given twice: by `from` and by `default`" "keep one of them"
        "值给了两次:`from` 和 `default`" "请只留一个"
    }
    NotALeaf Error "not-a-leaf" {
        "the indicator `{0}` has indicators below it" "grade those: its score comes from theirs; they are {1}"
        "指标 `{0}` 有下级指标" "请评下级指标,它的得分由下级得出;下级有 {1}"
    }
    ZeroLength Error "zero-length" {
        "an answer of 0 characters is no answer" "write a `max_length` of at least 1, or leave it out"
        "0 个字符不成答案" "`max_length` 至少为 1,或不写"
    }
    MessageWithoutConstraint Error "message-without-constraint" {
        "there is a `constraint_message` and no `constraint`" "add the constraint, or remove the message"
        "有 `constraint_message` 却没有 `constraint`" "请补上约束,或删去提示"
    }
    ConstraintWithoutMessage Warning "constraint-without-message" {
        "a refused answer is not explained" "add `constraint_message` and say what to do"
        "答案不被接受时没有说明" "请加上 `constraint_message`,说明怎么改"
    }

    SubsetOfAll Warning "subset-of-all" {
        "each interview is to ask about {0} of {1} units" "write fewer than there are, or leave `subset` out"
        "每份问卷要问 {1} 个单位中的 {0} 个" "请写得比单位数少,或不写 `subset`"
    }
    SeedWithoutOrder Error "seed-without-order" {
        "there is a `seed` and nothing is put in random order" "add `\"order\": \"random\"`, or remove the seed"
        "有 `seed`,却没有要随机排列的内容" "请加上 `\"order\": \"random\"`,或删去 `seed`"
    }
    NotAnsweredYet Warning "not-answered-yet" {
        "the text says the answer to `${{0}}`, which is asked later" "move that item before this one; until it is answered the text shows a gap"
        "文字中要显示 `${{0}}` 的答案,而那一题在后面" "请把那一题移到前面;未答时这里显示“…”"
    }
    NoAnswersHere Warning "no-answers-here" {
        "`${{0}}` is shown as it is written: answers are put into labels, hints and messages of a questionnaire only" "remove it"
        "`${{0}}` 会照原样显示:只有问卷中的题目、提示和消息里才会填入答案" "请删去"
    }
    UnknownText Error "unknown-text" {
        "`{0}` refers to `${{1}}`, which is no text of the plan" "use one of {2}"
        "`{0}` 用到 `${{1}}`,方案中没有这样的文字" "可用:{2}"
    }
    LinkNotAllowed Warning "link-not-allowed" {
        "the link to `{0}` is shown as text: the plan does not allow its host" "write an `https` address, and add its host to `links`"
        "到 `{0}` 的链接会显示为文字:方案没有允许该主机" "请写 `https` 地址,并把主机加入 `links`"
    }
    NeverEnds Warning "never-ends" {
        "this end is never reached: its condition can never be true" "correct the condition, or remove the end"
        "永远不会在此结束:条件不可能成立" "请改正条件,或删去此项"
    }
    OrderBreaksCondition Warning "order-breaks-condition" {
        "`{0}` refers to `${{1}}`, and `{2}` puts both in random order, so that `${{1}}` may come later" "put both into one group of their own, or refer to an item outside `{2}`"
        "`{0}` 用到 `${{1}}`,而 `{2}` 把二者随机排列,`${{1}}` 可能排在后面" "请把二者放进同一个小组,或改用 `{2}` 以外的题目"
    }
    BadHost Error "bad-host" {
        "`{0}` is no host" "write the host alone, such as `www.example.org`, without `https://` and path"
        "`{0}` 不是主机名" "请只写主机名,如 `www.example.org`,不带 `https://` 和路径"
    }
    BadColumn Error "bad-column" {
        "`{0}` cannot be the name of a column" "begin with a letter or `_`, go on with letters, digits, `_`, `-`, `.`; `name` and `label` are taken"
        "`{0}` 不能作列名" "请以字母或 `_` 开头,后接字母、数字、`_`、`-`、`.`;`name` 和 `label` 已被占用"
    }
    GradeInRepeat Error "grade-in-repeat" {
        "a `{0}` is inside the repeat `{1}`, and a record has one grade for a unit and an indicator" "move it out of the repeat, or ask with `select_one`"
        "`{0}` 在循环组 `{1}` 里面,而一份记录中每个单位的每项指标只有一个等级" "请移到循环组外,或改用 `select_one`"
    }
    NeverFilled Warning "never-filled" {
        "nobody can answer this, and nothing gives it a value" "add `calculation` or `default`, or leave out `read_only`"
        "没有人能作答,也没有东西给它一个值" "请加上 `calculation` 或 `default`,或不写 `read_only`"
    }
    RequiredOfNobody Warning "required-of-nobody" {
        "an answer is required that people cannot give" "leave out `required`: it does not apply to what is `read_only`"
        "要求必答,但只读的题目没有人能作答" "请不写 `required`:它对 `read_only` 的题目不起作用"
    }

    // Quotas.
    ZeroTarget Error "zero-target" {
        "the cell wants 0 answers, so that it is full before anybody is asked" "write at least 1; people who are not to be asked are an end of the questionnaire"
        "目标为 0,还没有问就已经满额" "请至少写 1;不该问的人请用问卷的 `ends` 排除"
    }
    CellWithoutLabel Error "cell-without-label" {
        "nobody can tell what this cell is" "add a `label`; only cells of rater group, stratum and mode alone go without"
        "看不出这是哪一格配额" "请加上 `label`;只按群体、地点、方式划分的才可以不写"
    }
    SameCell Warning "same-cell" {
        "the cell at {0} is of the same people" "keep one"
        "与 {0} 是同一群人" "请只留一个"
    }
    ScreenedWithoutMessage Error "screened-without-message" {
        "whoever is screened out is not told why" "add a `message` in every language"
        "被筛出的人看不到说明" "请加上各语言的 `message`"
    }
    OnlyWhereScreened Error "only-where-screened" {
        "`{0}` is for quotas that screen out, and this one warns" "write `\"when_full\": \"screen_out\"`, or remove `{0}`"
        "`{0}` 只用于会筛出的配额,而此配额只提示" "请写 `\"when_full\": \"screen_out\"`,或删去 `{0}`"
    }
    NobodyInCell Warning "nobody-in-cell" {
        "nobody can ever be in this cell: no questionnaire asks such people, or the condition cannot be true" "correct it, or remove the cell"
        "不会有人属于这一格:没有问卷问这样的人,或条件不可能成立" "请改正,或删去此格"
    }
    CellAsksMoment Error "cell-asks-moment" {
        "the condition asks the clock or the language, which no record holds, so that the office could not count the cell" "ask for the age, the day or the language in an item, and refer to that"
        "条件用到时间或语言,而记录中没有这些,办公室无法计数" "请设题询问年龄、日期或语言,再引用该题"
    }
    CellAsksOpinion Error "cell-asks-opinion" {
        "the condition depends on the grades of `{0}`: a quota would choose people by what they think, and its counts would tell what they said" "divide by who people are, and not by how they judge"
        "条件取决于 `{0}` 的评价:这等于按意见挑人,计数还会泄露他们的评价" "请按人的特征划分,不要按评价划分"
    }
    MarginExceeded Warning "margin-exceeded" {
        "{0} cells here want {1} answers together, and the wider cell around them at {2} wants no more than {3}" "make the targets agree: the wider cell is full before these are"
        "这里的 {0} 格合计要 {1} 份,而包含它们的 {2} 只要 {3} 份" "请使目标一致:否则大格先满,这些格永远不满"
    }
    TooManyCells Error "too-many-cells" {
        "the quotas have {0} cells, and at most {1} are counted on a device" "cross fewer things"
        "配额共有 {0} 格,设备最多计 {1} 格" "请减少交叉"
    }

    // Answers and pictures.
    BadSteps Error "bad-steps" {
        "steps of {2} do not lead from {0} to {1}" "write a `start` below `end`, and a `step` above 0 that leads from one to the other"
        "从 {0} 起每步 {2} 到不了 {1}" "`start` 应小于 `end`,`step` 应大于 0,并能正好从前者走到后者"
    }
    NotForStars Error "not-for-stars" {
        "these numbers cannot be shown as stars" "use whole numbers, at most ten of them, or leave `appearance` out"
        "这些数不能显示为星级" "请用整数且不超过十个,或不写 `appearance`"
    }
    OtherInList Error "other-in-list" {
        "the list `{0}` has a choice `other` already, the name of the one that `other` adds" "give that choice another name, or leave `other` out"
        "选项表 `{0}` 中已有名为 `other` 的选项,与 `other` 增加的同名" "请给那个选项改名,或不写 `other`"
    }
    BadRight Error "bad-right" {
        "`{0}` is never the answer" "write {1}"
        "答案不会是 `{0}`" "请写{2}"
    }
    PointsWithoutRight Error "points-without-right" {
        "there are `points` and no answer is `right`" "add `right`, or remove `points`"
        "有 `points` 却没有写明哪个答案对" "请补上 `right`,或删去 `points`"
    }
    BadPoints Error "bad-points" {
        "a right answer has {0} points" "write a number above 0"
        "答对得 {0} 分" "请写大于 0 的数"
    }
    RightAnswersTravel Warning "right-answers-travel" {
        "every device that asks carries the right answers, and who looks for them finds them" "do so to learn what people know; for an examination set `seal_right_answers` in `privacy`"
        "答题的每台设备上都带有正确答案,有心人可以找到" "用于了解知晓情况是可以的;考试请在 `privacy` 里写 `seal_right_answers`"
    }
    MediumNotBase64 Error "medium-not-base64" {
        "the data of this picture is not base64" "write the file in base64 with `+`, `/` and `=`, without line breaks"
        "图片数据不是 base64" "请按 base64(用 `+`、`/`、`=`,不换行)写入文件内容"
    }
    MediumOtherType Error "medium-other-type" {
        "the data is no file of type `{0}`" "correct `type`, or save the picture as PNG, JPEG or WebP"
        "数据不是 `{0}` 文件" "请改正 `type`,或把图片另存为 PNG、JPEG 或 WebP"
    }
    MediumTooLarge Error "medium-too-large" {
        "the picture has {0} kB, and at most {1} kB are carried" "make it smaller: 480 pixels across are enough on a phone"
        "图片有 {0} kB,每张不能超过 {1} kB" "请缩小:手机上 480 像素宽就够了"
    }
    MediaTooLarge Error "media-too-large" {
        "all pictures together have {0} kB, and at most {1} kB are carried" "use fewer or smaller pictures: residents fetch them with the plan"
        "全部图片共 {0} kB,不能超过 {1} kB" "请减少或缩小图片:居民要随方案一起下载"
    }

    // Expressions.
    BadExpression Error "bad-expression" {
        "at character {0} of `{1}`: {2}" "correct the expression"
        "`{1}` 第 {0} 个字符处:{3}" "请改正表达式"
    }
    UnknownItem Error "unknown-item" {
        "`{0}` refers to `${{1}}`, and this questionnaire has no such item" "correct the name; known are {2}"
        "`{0}` 用到 `${{1}}`,此问卷没有这一题" "请改正名称;现有 {2}"
    }
    NoValue Error "no-value" {
        "`{0}` refers to `${{1}}`, a `{2}`, which has no answer" "refer to an item that is answered"
        "`{0}` 用到 `${{1}}`,它是 `{2}`,没有答案" "请改用有答案的题目"
    }
    RefersToItself Error "refers-to-itself" {
        "whether this is asked depends on its own answer" "refer to an earlier item; a rule about the answer goes into `constraint`"
        "是否问此题取决于它自己的答案" "请改用前面的题目;对答案的要求请写在 `constraint` 中"
    }
    Cycle Error "cycle" {
        "whether this is asked, or its value, depends on itself: {0}" "break the circle at one of them"
        "是否问此题或它的值绕了一圈取决于自己:{0}" "请在其中一处断开"
    }
    ForwardReference Warning "forward-reference" {
        "`{0}` refers to `${{1}}`, which is asked later" "move that item before this one, or expect this one to appear late"
        "`{0}` 用到后面才问的 `${{1}}`" "请把那一题移到前面,否则此题会晚出现"
    }
    ImpossibleAnswer Error "impossible-answer" {
        "`{0}` compares `{1}` with `'{2}'`, an answer that it never has" "write one of {3}"
        "`{0}` 把 `{1}` 与 `'{2}'` 比较,它不会有这个答案" "请写下列之一:{3}"
    }
    AlwaysTheSame Warning "always-the-same" {
        "`{0}` refers to no item, so it is always {1}" "refer to an item as `${name}`, or leave `{0}` out"
        "`{0}` 没有用到任何题目,结果总是 {1}" "请用 `${name}` 指题目,或不写 `{0}`"
    }
    ConstraintIgnoresAnswer Warning "constraint-ignores-answer" {
        "the constraint does not look at the answer" "write `.` for the answer, as in `. > 0`"
        "约束没有用到答案本身" "请用 `.` 表示答案,如 `. > 0`"
    }

    UnknownColumn Error "unknown-column" {
        "`choice_filter` reads the column `{0}`, and no choice of `{1}` has it" "correct the name, or write the item as `${{0}}`; known are {2}"
        "`choice_filter` 用到列 `{0}`,而 `{1}` 的选项都没有这一列" "请改正列名;若指题目请写 `${{0}}`;现有列 {2}"
    }
    CountIsNoNumber Error "count-is-no-number" {
        "`repeat_count` is {0}, and instances are counted in whole numbers from 0" "write a number such as `3`, or an expression that gives one"
        "`repeat_count` 是 {0},而循环次数应是 0 以上的整数" "请写数字如 `3`,或结果为数字的表达式"
    }
    FirstInstance Warning "first-instance" {
        "`{0}` reads `${{1}}` from outside of the repeat `{2}`: where one value is needed, it is that of the first instance" "say which: `sum(${{1}})`, `count(${{2}})`, `join(', ', ${{1}})` or `indexed-repeat(${{1}}, ${{2}}, 1)`"
        "`{0}` 从循环组 `{2}` 外面用到 `${{1}}`:需要单个值时取的是第一次的值" "请写明用哪个:`sum(${{1}})`、`count(${{2}})`、`join('、', ${{1}})` 或 `indexed-repeat(${{1}}, ${{2}}, 1)`"
    }

    NotANumber Warning "not-a-number" {
        "`{0}` uses `'{1}'` as a number, and it is none" "write a number, or compare with `=`; without one the result is undefined and the comparison false"
        "`{0}` 把 `'{1}'` 当数字用,它不是数字" "请写数字,或用 `=` 比较;否则结果无意义,比较总不成立"
    }
    NeverEqual Error "never-equal" {
        "`{0}` compares a number or date with `'{1}'`, which it never is" "compare it with a number, or with a date such as `'2026-01-31'`"
        "`{0}` 把数字或日期与 `'{1}'` 比较,它不会是这个值" "请与数字或日期(如 `'2026-01-31'`)比较"
    }
    TruthAgainstText Error "truth-against-text" {
        "`{0}` compares a condition with the text `'{1}'`, and every text but the empty one is true" "use the condition itself, or `not(...)`"
        "`{0}` 把条件与文字 `'{1}'` 比较,而除空文字外的文字都算真" "请直接使用该条件,或用 `not(…)`"
    }
    SeveralChoices Warning "several-choices" {
        "`{0}` compares several choices with `'{1}'`: true only when it is the only one chosen" "use `selected(..., '{1}')`"
        "`{0}` 把多选题与 `'{1}'` 比较:只有单选此项时才成立" "请用 `selected(…, '{1}')`"
    }
    NumberAsTruth Warning "number-as-truth" {
        "`{0}` uses a number as a condition: it is true as soon as it is answered, 0 too" "compare it, as in `${n} > 0`, or with `''` for unanswered"
        "`{0}` 把数字当条件用:只要答了就成立,0 也算" "请作比较,如 `${n} > 0`;是否已答请与 `''` 比较"
    }
    ChoicesAsNumber Warning "choices-as-number" {
        "`{0}` uses several choices as a number" "count them with `count-selected(...)`"
        "`{0}` 把多选题当数字用" "请用 `count-selected(…)` 计数"
    }
    NoNodes Error "no-nodes" {
        "`{0}` gives `{1}` a value that is no item" "write an item as `${name}`, or a path"
        "`{0}` 中 `{1}` 的参数不是题目" "请写题目 `${name}` 或路径"
    }
    PatternDiffers Warning "pattern-differs" {
        "the regular expression in `{0}` is not read alike by browsers and this program: {1}" "keep to classes, groups, `|`, `^`, `$`, `\\d \\w \\s \\b` and quantifiers"
        "`{0}` 中的正则表达式在浏览器和本程序中含义不同:{2}" "请只用字符类、分组、`|`、`^`、`$`、`\\d \\w \\s \\b` 和量词"
    }
    TimeInRecord Error "time-in-record" {
        "answers are promised to be anonymous, and `{0}` would put the time of the interview into the record" "leave the clock out of values; conditions may ask it"
        "承诺匿名,而 `{0}` 会把访问时间写进记录" "请不要把时间写进值;条件中可以用"
    }
    PlaceInRecord Error "place-in-record" {
        "answers are promised to be anonymous, and this would put a place into the record that may be where somebody lives" "ask for the district with `strata` or a list of choices, or set `anonymous` to false and say so in the notice"
        "承诺匿名,而此题会把具体位置写进记录,可能就是答题人的住处" "请用 `strata` 或选项表问到片区为止,或把 `anonymous` 改为 false 并在告知中说明"
    }
    PersonInRecord Error "person-in-record" {
        "answers are promised to be anonymous, and {0} would tell who somebody is" "ask in words or by `appearance: draw`, or set `anonymous` to false and say so in the notice"
        "承诺匿名,而{1}会暴露答题人或旁人的身份" "请改用文字或 `appearance: draw`,或把 `anonymous` 改为 false 并在告知中说明"
    }
    NotForResidents Error "not-for-residents" {
        "`{0}` needs a digest, and the page of residents has none" "leave out `digest` and a text as seed of `randomize`, or ask this questionnaire in other modes than `web`"
        "`{0}` 要计算摘要,而居民页面没有这一功能" "请不用 `digest`,`randomize` 的种子请用数字;或把此问卷改为 `web` 以外的方式"
    }
    NeverRelevant Warning "never-relevant" {
        "this is never asked: its `relevant`, with those of the groups around it, can never be true" "correct the condition, or remove the item"
        "此题永远不会问到:它的 `relevant` 连同外层分组的条件不可能同时成立" "请改正条件,或删去此题"
    }
    ConstraintNeverHolds Error "constraint-never-holds" {
        "no answer is accepted: the constraint can never be true" "correct the constraint"
        "任何答案都不会被接受:约束不可能成立" "请改正约束"
    }

    // What is asked.
    UnitNeverAsked Warning "unit-never-asked" {
        "no questionnaire asks about this unit" "ask about it, or remove it"
        "没有问卷问到此单位" "请设题,或删去此单位"
    }
    IndicatorNeverAsked Warning "indicator-never-asked" {
        "no questionnaire asks about this indicator, so no unit has an index" "ask about it, or remove it and share out its weight"
        "没有问卷问到此指标,所有单位都得不出总分" "请设题,或删去并分配其权重"
    }
    UnitPartlyAsked Warning "unit-partly-asked" {
        "this unit is not asked about {0}, so it has no index" "ask about every indicator, or expect scores by indicator only"
        "此单位没有问到 {0},得不出总分" "请问全各指标,否则只有分项得分"
    }
    GradedTwice Warning "graded-twice" {
        "`{0}` on `{1}` is also graded at {2}: a rater's answer may count twice" "ask it once, or make sure by `relevant` that only one is asked"
        "`{0}` 的 `{1}` 也在 {2} 评过:同一人的答案可能算两次" "请只问一次,或用 `relevant` 保证只问其一"
    }
    SeveralScales Warning "several-scales" {
        "`{0}` is graded on the scale `{1}` here and on `{2}` elsewhere" "use one scale for an indicator, so that units can be compared"
        "`{0}` 在此用量表 `{1}`,在别处用 `{2}`" "同一指标请用同一量表,单位之间才可比"
    }
    NeverUsed Warning "never-used" {
        "`{0}` is used nowhere" "use it or remove it"
        "`{0}` 没有用到" "请使用或删去"
    }

    // How it is asked: docs/wording.md.
    LeadingWording Warning "leading-wording" {
        "`{0}` {1}, so the answers say less" "ask without a side; instead of `{3}`: `{4}`"
        "“{0}”{2},得到的回答不可靠" "请中立地问;例如不写“{3}”,而写“{4}”"
    }
    DoubleBarrelled Warning "double-barrelled" {
        "`{0}` {1}: nobody knows which of them an answer is about" "ask one thing at a time; instead of `{3}`: {4}"
        "“{0}”{2}:不知道回答的是哪一件" "请一题只问一件事;例如不写“{3}”,而是{4}"
    }
    DoubleNegative Warning "double-negative" {
        "`{0}` {1}" "say it without denials; instead of `{3}`: `{4}`"
        "措辞“{0}”{2}" "请改成肯定的说法;例如不写“{3}”,而写“{4}”"
    }
    VagueWording Warning "vague-wording" {
        "`{0}` {1}" "say how often, or since when; instead of `{3}`: `{4}`"
        "措辞“{0}”{2}" "请写明次数或时间;例如不写“{3}”,而写“{4}”"
    }
    LongQuestion Warning "long-question" {
        "the text has {0} words (Chinese: characters); above {1} it is forgotten while it is read" "shorten it, or move what explains it into a `note` before it"
        "文字有 {0} 字(西文按词计),超过 {1} 就记不住了" "请缩短,或把说明移到前面的 `note` 中"
    }
    UnbalancedScale Warning "unbalanced-scale" {
        "there are {0} favourable answers and {1} unfavourable ones, which pushes the result to one side" "offer as many of the one as of the other, or one more for the middle"
        "好评有 {0} 档,差评有 {1} 档,结果会偏向一边" "请使两边档数相同,或最多差一档"
    }
    NoDontKnow Warning "no-dont-know" {
        "whoever does not know has to guess: there is no `don't know`" "add one: to a scale in `missing`, to a list of choices as its last choice"
        "没有“不了解”一项,不了解的人只能猜" "请补上:量表写在 `missing` 中,选项表放在最后"
    }
    TooLong Warning "too-long" {
        "answering everything takes about {0} minutes; after {1} many break off or tick anything" "ask less; most time goes into {2}"
        "全部答完约需 {0} 分钟;超过 {1} 分钟,不少人会中途放弃或随便选" "请减少题目;最费时的是 {2}"
    }

    // Privacy, keys, receivers.
    NotSealed Warning "not-sealed" {
        "answers are promised to be anonymous and are not sealed: whoever holds the device can read them" "leave `seal` out, or set it to true"
        "承诺匿名却不封存:拿到设备的人能读到答案" "请不写 `seal`,或写 true"
    }
    NoSuppression Warning "no-suppression" {
        "results of a single person may be published" "set `smallest_cell` to 5 or more"
        "可能公布单个人的结果" "请把 `smallest_cell` 设为 5 或以上"
    }
    BadKey Error "bad-key" {
        "this is no P-256 public key" "copy `kty`, `crv`, `x` and `y` as `minping keys` prints them"
        "不是 P-256 公钥" "请照抄 `minping keys` 给出的 `kty`、`crv`、`x`、`y`"
    }
    PrivateKey Error "private-key" {
        "this is a private key: whoever reads the plan could open every answer" "remove `d`, make new keys, and never use this one again"
        "这是私钥:读到方案的人能打开所有答案" "请删去 `d`,另造新钥匙,不再用这一把"
    }
    BadAddress Error "bad-address" {
        "`{0}` is no address of a receiver" "write an `https://` address, or one relative to the app such as `api/`"
        "`{0}` 不是接收端地址" "请写 `https://` 地址,或相对应用的地址如 `api/`"
    }
}
