using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;

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
    /// How much it says by reason that the customer will leave: the score (0 to 1) of an account that is average but for this cause,
    /// certain and about the whole of it.
    /// </summary>
    public abstract double Score { get; }

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
