namespace Signals.Core.Model.Reading;

/// <summary>
/// What reading a model has to know of a cause: its name in the file, its numbers there, and the playbook that holds where the file says
/// nothing. The causes themselves stand in a later level and are given to the reader.
/// </summary>
public abstract class CauseSection
{
    /// <summary>The cause's name in the model file, the API and every alert: lower case, with dashes.</summary>
    public abstract string Id { get; }

    /// <summary>Its numbers where a model says nothing else: a record of their own type.</summary>
    public abstract object UsualSettings { get; }

    /// <summary>What follows it where a model says nothing else.</summary>
    public abstract Playbook PlaybookFor(BillingDefinition billing);

    /// <summary>Its numbers as the file has them, over the usual ones: a record of the same type as <see cref="UsualSettings"/>.</summary>
    internal abstract object ReadSettings(ObjectReader cause);
}
