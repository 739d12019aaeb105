//! The questions that a quiz is drawn from: three for each page. Of the choices the first is right.

use super::Question;
use crate::language::Words;

type Pair = (&'static str, &'static str);

const fn q(page: usize, asked: Pair, right: Pair, wrong: Pair, other: Pair, because: Pair) -> Question {
    const fn w(pair: Pair) -> Words {
        Words::pair(pair.0, pair.1)
    }
    Question { page, asked: w(asked), choices: [w(right), w(wrong), w(other)], because: w(because) }
}

pub const POOL: [Question; 24] = [
    q(
        0,
        ("对方说“没听清”，您怎么办？", "Somebody did not hear the question. What do you do?"),
        ("把原题和选项再读一遍", "Read the question and its choices again, as written"),
        ("用自己的话简单说一下", "Put it briefly in your own words"),
        ("跳过这一题", "Skip it"),
        (
            "换了说法，就成了另一个问题，答案不能和别人的放在一起。",
            "In other words it is another question, and its answer cannot be added to those of others.",
        ),
    ),
    q(
        0,
        ("对方问：“‘办事效率’是什么意思？”", "“What do you mean by efficiency?” What do you say?"),
        ("“按您自己的理解回答就好。”", "“Whatever it means to you.”"),
        ("“就是排队久不久。”", "“How long you had to queue.”"),
        ("“这个您不用管，随便选一个。”", "“Never mind, choose any.”"),
        ("您一解释，就只在问您解释的那一部分。", "Explained, it asks only about the part that you explained."),
    ),
    q(
        0,
        (
            "题目有五个选项，对方听到第二个就抢着回答。",
            "There are five choices, and the person answers after the second.",
        ),
        ("读完全部选项，再请他选", "Read all the choices, then ask which it is"),
        ("记下他说的，接着下一题", "Take it and go on"),
        ("以后只读前两个", "From now on read only the first two"),
        (
            "没听到的选项没人会选；每个人都要听到全部。",
            "Nobody chooses what was not read; everybody has to hear them all.",
        ),
    ),
    q(
        1,
        ("对方反问：“你觉得他们好不好？”", "“What do you think of them?” you are asked."),
        ("“我们想听您的看法，我的不算数。”", "“We want to hear your view; mine does not count.”"),
        ("“我觉得还行。”", "“They are all right, I find.”"),
        ("“大家一般都说满意。”", "“Most people say they are satisfied.”"),
        ("您的看法，或者别人的，都会改变他的回答。", "Your view changes the answer, and so does that of others."),
    ),
    q(
        1,
        ("对方回答“很不满意”，您应当：", "“Very dissatisfied,” says the person. You:"),
        ("用和平常一样的语气记下，读下一题", "write it down in the same tone as always, and read the next question"),
        ("表示同情，追问是谁的责任", "say that you are sorry, and ask whose fault it was"),
        ("问他确定不确定，要不要改", "ask whether that is certain, or should be changed"),
        (
            "同情和怀疑都是评论，后面的回答会跟着变。",
            "Sympathy and doubt are comments, and the next answers follow them.",
        ),
    ),
    q(
        1,
        ("哪一种问法会诱导？", "Which of these leads?"),
        ("“办事挺方便的，对吧？”", "“It was quite convenient, wasn't it?”"),
        ("“您觉得办事方便还是不方便？”", "“Was it convenient or inconvenient?”"),
        ("“请从这五个档次里选一个。”", "“Please choose one of these five.”"),
        ("话里已经有了答案。", "The answer is in the question already."),
    ),
    q(
        2,
        ("对方说：“这个单位我没打过交道，不知道。”", "“I never had to do with them, I don't know.”"),
        ("选“不知道”", "Choose “Does not know”"),
        ("选中间的档次", "Choose the grade in the middle"),
        ("请他猜一个", "Ask for a guess"),
        ("猜出来的不是评价，混进去会歪曲结果。", "A guess is no evaluation, and bends the result."),
    ),
    q(
        2,
        ("必答题对方不愿说，怎么办？", "A required question, and the person does not want to answer it."),
        ("选“拒答”，继续下一题", "Choose “Refused” and go on"),
        ("说必须回答，否则不能结束", "Say that it has to be answered, or you cannot finish"),
        ("自己选一个，让问卷能提交", "Choose something, so that it can be finished"),
        (
            "“必答”是要您问到，不是要他非答不可；拒答如实记下。",
            "Required means that you have to ask, not that anybody has to answer; a refusal is recorded as one.",
        ),
    ),
    q(
        2,
        ("“拒答”和“不知道”在结果里怎么算？", "What becomes of “Refused” and “Does not know”?"),
        ("单独计数，不算成零分", "They are counted apart, and are no zero"),
        ("都按零分算", "Both count as zero"),
        ("按平均分算", "Both count as the average"),
        ("没有评价，就不当作评价。", "Where there is no evaluation, none is made up."),
    ),
    q(
        3,
        ("村干部想留在屋里“帮忙解释”。", "An official wants to stay “to help explaining”."),
        ("请他在外面等，访问时只有您和受访人", "Ask him to wait outside: only you and the person"),
        ("让他坐着，不说话就行", "Let him sit there as long as he is silent"),
        ("请他代为回答几题", "Let him answer a few questions"),
        ("有人在旁边，哪怕不说话，也没人敢说真话。", "With somebody there, silent or not, few say what they think."),
    ),
    q(
        3,
        ("同事好奇：“那家人对我们怎么评的？”", "A colleague is curious what a household said about you all."),
        ("不说，任何人都不说", "You tell nobody, whoever it is"),
        ("只告诉自己单位的人", "You tell only people of your own office"),
        ("不说姓名就可以说", "You tell it without the name"),
        ("答应了保密；不说姓名，也常常猜得出来。", "It was promised. And without a name it can still be guessed."),
    ),
    q(
        3,
        ("备注里可以写什么？", "What may stand in a note?"),
        ("哪里没听懂、为什么停下", "What was not understood, and why it stopped"),
        ("受访人的姓名和电话，方便回访", "Name and telephone, for a call-back"),
        ("受访人是谁的亲戚", "Whose relative the person is"),
        (
            "备注随答卷封存给办公室，写了人名就不再是匿名。",
            "Notes go to the office with the answers: with a name in them they are anonymous no more.",
        ),
    ),
    q(
        4,
        ("什么时候最应该“交给居民自己填”？", "When is handing the tablet over best?"),
        ("题目敏感，或旁边有人", "When questions are delicate or others are near"),
        ("您赶时间，让他慢慢填", "When you are in a hurry"),
        ("只有年轻人才可以", "With young people only"),
        (
            "自己填，没有人听见；大字和朗读，谁都能用。",
            "Alone nobody hears it; large type and reading aloud are for everybody.",
        ),
    ),
    q(
        4,
        ("交给居民以后，您站在哪里？", "Where are you, once the tablet is handed over?"),
        ("退开，看不到屏幕的地方", "A few steps away, where the screen cannot be seen"),
        ("身旁，随时指导", "At his side, to help"),
        ("身后，看有没有填错", "Behind him, to see mistakes"),
        ("看得到，就不是他一个人在填。", "If you can see it, the person is not alone with it."),
    ),
    q(
        4,
        (
            "居民填到一半把平板还给您，说不填了。",
            "The resident gives the tablet back half-way and does not want to go on.",
        ),
        ("用 PIN 结束，已填的封存，记为中止", "End it with the PIN: what is there is sealed and counts as broken off"),
        ("替他把剩下的填完", "Fill in the rest"),
        ("重新启动，当作没有发生", "Restart it as if nothing had been"),
        (
            "中止就是中止；已经填的也看不到、改不了。",
            "Broken off is broken off; and what is there you can neither see nor change.",
        ),
    ),
    q(
        5,
        ("问到一半，对方说有事，不想继续了。", "Half-way somebody has no more time and does not want to go on."),
        ("谢谢他，点“中止访问”", "Thank you, and “Break off”"),
        ("剩下的按前面的意思补完", "Fill in the rest as it would have gone"),
        ("作废，另找一个人", "Discard it and find somebody else"),
        (
            "已答的有用，如实保留；补的、扔的都会歪曲结果。",
            "What was answered counts. What is made up or thrown away bends the result.",
        ),
    ),
    q(
        5,
        ("对方明确说“不要再来了”。", "“Do not come again,” says somebody clearly."),
        ("记“拒绝受访”，不再打扰", "Write down “Refused”, and leave him alone"),
        ("过几天换个人再去", "Send somebody else in a few days"),
        ("先把问卷塞进门里", "Leave a questionnaire at the door"),
        ("参加是自愿的。拒绝也是结果，照实记。", "Taking part is voluntary. A refusal is an outcome too."),
    ),
    q(
        5,
        ("参加测评是：", "To take part is:"),
        ("自愿的，随时可以停", "voluntary, and can be stopped at any time"),
        ("开始以后就要答完", "voluntary, but who began has to finish"),
        ("名单上的人必须参加", "a duty of everybody on the list"),
        ("这一点开头就要说清。", "That is said at the beginning."),
    ),
    q(
        6,
        ("名单上的人家没人，您应当：", "Nobody is at home at an address of the list. You:"),
        ("记下结果，换个时段再去", "write it down and come again at another time of day"),
        ("改访隔壁", "ask next door instead"),
        ("什么都不记，当没去过", "write nothing down, as if you had not been there"),
        (
            "隔壁在家的，正好是常在家的那一类人：结果会偏。",
            "Who is at home next door is of those who are often at home: the result leans.",
        ),
    ),
    q(
        6,
        ("户里有三位成年人，平板选出的是出门的那一位。", "Three adults, and the tablet chose the one who is out."),
        ("约时间，再来访他本人", "Agree a moment and come back for that person"),
        ("问在家的那一位", "Ask the one who is there"),
        ("改人数，直到选出在家的", "Change the number until it chooses somebody who is there"),
        ("由表选出，才能代表不常在家的人。", "The table chooses, so that those who are seldom at home are heard too."),
    ),
    q(
        6,
        ("为什么没访成的也要记？", "Why is a visit without an interview written down?"),
        ("应答率要靠它算，结果才有说服力", "Response rates are made of it; without them nobody can judge the result"),
        ("好算您的工作量", "To count your work"),
        ("为了以后删掉这些人", "To take these people off the list"),
        (
            "不知道多少人没有回答，就不知道结果能信几分。",
            "Who does not know how many did not answer does not know what the result is worth.",
        ),
    ),
    q(
        7,
        ("平板被偷了，第一件事是：", "The tablet was stolen. First of all:"),
        ("马上告诉办公室，停用它", "tell the office at once, which revokes it"),
        ("等几天，也许能找回来", "wait a few days, it may turn up"),
        ("借一台，装上同样的应用继续", "borrow one and go on with the same app"),
        ("停用以后，别人拿它交的东西不会被计入。", "Once it is revoked, what others hand over with it is not counted."),
    ),
    q(
        7,
        ("什么时候才算“交到了”？", "When has the office what you handed over?"),
        ("平板上显示“已收到”", "When the tablet says “Received”"),
        ("点了“打包交付”", "When you pressed “Hand over”"),
        ("平板连上了网络", "When the tablet had a network"),
        ("“已收到”是办公室的接收端签了字的。", "“Received” means that the office's receiver signed for it."),
    ),
    q(
        7,
        ("一整天没有网络，收工时您：", "There was no network all day. In the evening you:"),
        ("存成文件，带到办公室", "save it as a file and carry it to the office"),
        ("删掉应用，重新安装", "remove the app and install it again"),
        ("把答案抄在纸上交去", "copy the answers on paper"),
        (
            "封存的文件怎么带都看不到内容，也不会丢。",
            "The file is sealed: it can be carried by anybody, and nothing gets lost.",
        ),
    ),
];
