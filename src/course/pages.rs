//! What a canvasser has to know, a page for each rule.

use super::Page;
use crate::language::Words;

const fn w(zh: &'static str, en: &'static str) -> Words {
    Words::pair(zh, en)
}

pub const PAGES: [Page; 8] = [
    Page {
        title: w("照原文读", "Read it as it is written"),
        lines: &[
            w(
                "每个人听到的必须是同一个问题，答案才能放在一起比。逐字读题，读完所有选项，再等回答。",
                "Answers can only be added up when everybody heard the same question. Read it word for word, with all choices, and then wait.",
            ),
            w(
                "没听清，就把原题再读一遍。问“这是什么意思”，就说：“按您自己的理解回答。”",
                "Who did not hear it, hears it again as it is written. Who asks what it means is told: “Whatever it means to you.”",
            ),
        ],
        good: w(
            "“我再读一遍：您对窗口人员的态度满意吗？非常满意、满意……”",
            "“I will read it once more: how satisfied are you with the manner of the staff? Very satisfied, satisfied…”",
        ),
        bad: w("“就是说，他们对您还可以吧？”", "“So they were all right with you, weren't they?”"),
    },
    Page {
        title: w("不诱导、不评论", "Do not lead, do not judge"),
        lines: &[
            w(
                "不点头、不摇头，不说“好”“真的吗”“大家都说满意”。表情和语气也会改变答案。",
                "No nodding, no “good”, no “really?”, no “most people are satisfied”. A face and a tone change answers too.",
            ),
            w(
                "对方反问您的看法：“我的看法不算数，我们想听您的。”",
                "Asked what you think: “My opinion does not count here; we want to hear yours.”",
            ),
        ],
        good: w(
            "“好，记下了。下一个问题……”（不管答的是什么，都用同样的语气）",
            "“I have that. The next question…”, in the same tone whatever was said.",
        ),
        bad: w(
            "“不满意？您是不是没办成事才这么说的？”",
            "“Dissatisfied? Is that only because you did not get what you wanted?”",
        ),
    },
    Page {
        title: w("“不知道”和拒答也是回答", "“I don't know” and a refusal are answers"),
        lines: &[
            w(
                "说不知道，就选“不知道”；不想说，就选“拒答”。都不是您的失误，也不会算成零分。",
                "Who does not know gets “Does not know”; who does not want to say, “Refused”. Neither is a failure of yours, and neither becomes a zero.",
            ),
            w(
                "绝不替人选一个“差不多”的档次。可以等一等，可以再读一遍，不可以催。",
                "Never pick a grade that is “about right” for somebody. You may wait and read again; you may not press.",
            ),
        ],
        good: w("“没关系，不清楚就按‘不知道’记。”", "“That is quite all right, I will put down that you don't know.”"),
        bad: w("“那就给您选‘满意’吧，中间档。”", "“I will just put ‘satisfied’, that is in the middle.”"),
    },
    Page {
        title: w("保密", "Keep it private"),
        lines: &[
            w(
                "答的内容，不跟任何人说：同事、村干部、家里人都不行。也不在旁人听得见的地方访问。",
                "Nobody hears what was answered: no colleague, no official, nobody at home. And no interview where others listen.",
            ),
            w(
                "有人在旁边，就说：“题目想请您一个人回答，能换个地方吗？”备注里不写姓名、电话。",
                "When somebody stands by: “These questions are for you alone. May we go somewhere else?” No name and no number in a note.",
            ),
        ],
        good: w(
            "村干部陪着来：“谢谢您带路，访问时请您在外面等一等。”",
            "An official comes along: “Thank you for showing me the way. Would you wait outside meanwhile?”",
        ),
        bad: w(
            "“您放心说，主任就在这儿听着，有问题当场解决。”",
            "“Speak freely, the director is listening and will see to it at once.”",
        ),
    },
    Page {
        title: w("交给居民自己填", "Hand the tablet over"),
        lines: &[
            w(
                "题目敏感、旁边有人、或对方愿意自己填，就点“交给居民自己填”：大字、可以朗读，您看不到答案。",
                "Where questions are delicate, others are near, or the person would rather: “Hand over to the resident”. It is large, reads aloud, and you do not see the answers.",
            ),
            w(
                "交出以后站开，不看屏幕。他交回来时，答案已经封存。",
                "Then step back and do not look. When it comes back, the answers are sealed.",
            ),
        ],
        good: w(
            "把平板递过去，退后两步：“填完按最后的按钮，再还给我就行。”",
            "Hand it over, two steps back: “Press the last button when you are done, and give it back.”",
        ),
        bad: w("站在旁边看着：“这一题您怎么选了这个？”", "Stand beside and look: “Why did you choose that one?”"),
    },
    Page {
        title: w("中止和不再打扰", "Breaking off, and leaving people alone"),
        lines: &[
            w(
                "参加是自愿的，随时可以停。对方不愿继续，就点“中止访问”，已答的如实保留，记为中止。",
                "Taking part is voluntary, at every moment. Who wants to stop, stops: “Break off” keeps what was answered and counts it as broken off.",
            ),
            w(
                "不自己补完，也不当作没发生。明确拒绝的，不再上门、不再打电话。",
                "Nothing is filled in afterwards, and nothing is made unseen. Who refused clearly is not called on or called again.",
            ),
        ],
        good: w(
            "“好的，就到这里。谢谢您的时间。”然后点“中止访问”。",
            "“Of course, we stop here. Thank you for your time.” Then “Break off”.",
        ),
        bad: w("后面的题没答完，自己按前面的意思补上。", "Fill in the rest as it would have gone."),
    },
    Page {
        title: w("名单、接触和结果", "The list, contacts and outcomes"),
        lines: &[
            w(
                "只访名单上的人和由表选出的那一位。没人在家不等于换邻居：按规定的次数，换个时段再去。",
                "Only who is on the list, and only the one whom the table chose. Nobody at home does not mean the neighbour: come again, at another time of day, as often as the plan says.",
            ),
            w(
                "每去一次、每打一个电话，都当场记下结果。没接触到、拒绝、不合格是不同的，应答率靠它算。",
                "Every visit and every call gets its outcome at once. Not met, refused and not eligible are different things: response rates are made of them.",
            ),
        ],
        good: w(
            "上午没人，记“没人在家”，傍晚再去一次。",
            "Nobody in the morning: write down “Nobody at home”, and come again in the evening.",
        ),
        bad: w("“这家没人，问隔壁老王也一样。”", "“Nobody here, so I asked next door; that is as good.”"),
    },
    Page {
        title: w("保管平板，按时交付", "Keep the tablet safe, hand over in time"),
        lines: &[
            w(
                "平板不离身、不借人、不告诉别人 PIN。丢了、被偷了，马上告诉办公室：办公室会停用它。",
                "The tablet stays with you, is lent to nobody, and nobody learns the PIN. Lost or stolen: tell the office at once, which revokes it.",
            ),
            w(
                "每天收工交付一次；看到“已收到”才算交到。没有网络就存成文件带去。",
                "Hand over every evening; it is there when it says “Received”. Without a network, carry the file.",
            ),
        ],
        good: w(
            "收工时：“交付”，等到“已收到”，再充电锁好。",
            "In the evening: “Hand over”, wait for “Received”, then charge it and lock it away.",
        ),
        bad: w(
            "攒到最后一天一起交；PIN 写在平板背面。",
            "Save it all for the last day; the PIN is on the back of the tablet.",
        ),
    },
];
