using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>
/// A cause and everything that is particular to it: each is a class in its own folder, and a line in <see cref="CauseCatalogue"/>. Its
/// templates and stories have its name; see docs/adding-a-cause.md.
/// </summary>
public abstract class Cause : CauseSection
{
    /// <summary>What people call it.</summary>
    public abstract Phrase Name { get; }

    /// <summary>What a CS manager might ask a customer.</summary>
    public abstract IReadOnlyList<Phrase> Questions { get; }

    /// <summary>
    /// What its mails are about, in words for whoever unsubscribes from them; they follow "Only those about", and in other languages
    /// what their catalogues say for it.
    /// </summary>
    public abstract Phrase Topic { get; }

    /// <summary>
    /// How much it is worth helping with, beside others that hold: as if it were the score (0 to 1) of an account that is average but for
    /// this cause, certain and about the whole of it.
    /// </summary>
    public abstract double Score { get; }

    /// <summary>
    /// How much it says that the customer will leave soon, as log-odds by its confidence times its share of the account. That is another
    /// question than what is worth helping with: a stuck step gets its mail at once, and most who are stuck stay.
    /// </summary>
    /// <remarks>
    /// Rounded and drawn towards 0 from shares of those who left where it was found against all, pooled over products of real people and
    /// simulated ones; for causes that none of them showed, by reason. The figures stand in docs/decisions/risk.md.
    /// </remarks>
    public abstract Curve Evidence { get; }

    /// <summary>What is left of its evidence on a day, 0 to 1, where that depends on more than the cause itself.</summary>
    public virtual double Freshness(AccountContext context) => 1;

    /// <summary>True when each detail of it (a kind of friction, a sunset) is a matter by itself: told and counted apart.</summary>
    public virtual bool IsByDetail => false;

    /// <summary>True when customers are owed its message: what ends, what was asked of support, what could not be paid.</summary>
    public virtual bool IsNotice => false;

    /// <summary>True when customers feel it and would have it put right first: nobody is thanked beside it.</summary>
    public virtual bool IsFelt => false;

    /// <summary>True when it is no trouble but a reason to say thank you.</summary>
    public virtual bool IsPraise => false;

    /// <summary>
    /// True when its message offers more of the product: out of place where the basics fail, and while somebody weighs whether to stay.
    /// </summary>
    public virtual bool IsOffer => false;

    /// <summary>True when its message speaks to beginners, and so to nobody who got hours of value.</summary>
    public virtual bool IsForBeginners => false;

    /// <summary>Finds it in a person; null for a cause of accounts. A cause has exactly one of the two rules.</summary>
    public virtual IPersonRule? PersonRule => null;

    /// <summary>Finds it in an account as a whole; null for a cause of people.</summary>
    public virtual IAccountRule? AccountRule => null;

    /// <summary>True when its message proposes a feature to begin with, though the cause is about none.</summary>
    public virtual bool ProposesFeature => false;

    /// <summary>
    /// Days after the newest event in which time alone may still change what is found: every number of the settings by which something
    /// begins to hold or is forgotten. An account is not looked at again later than that, so one left out here is forgotten too late.
    /// </summary>
    public abstract int MemoryDays(ValueModel model);

    /// <summary>The same after a person's newest event, for what is kept of each person; 0 for causes that ask nothing of them.</summary>
    public virtual int PersonMemoryDays(ValueModel model) => PersonRule is null ? 0 : MemoryDays(model);

    /// <summary>
    /// The UTC day, by number, after which time alone changes nothing where that is not counted from the newest event; else 0.
    /// </summary>
    public virtual int ForgottenOn(AccountContext context) => 0;
}
