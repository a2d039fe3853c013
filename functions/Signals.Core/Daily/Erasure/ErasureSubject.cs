using Signals.Core.Daily.PersonFiles;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Whom one request is about, as it is found out on the way: what is learnt is kept with the request before anything is removed, so that a
/// crash forgets nobody.
/// </summary>
internal sealed class ErasureSubject
{
    /// <summary>
    /// A person has 50 answers and 50 tickets of 500 characters at most, and a request is about some twenty: mostly all fit its row.
    /// </summary>
    private const int MostTextChars = 200_000;

    private readonly HashSet<string> _people;
    private readonly HashSet<string> _accounts;
    private readonly HashSet<string> _words;
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _texts;
    private readonly HashSet<string> _places;

    public ErasureSubject(ErasureRequest request)
    {
        var marks = request.Marks ?? new ErasureMarks();
        Id = request.Id;
        SilentSince = request.SilentSince;
        _people = [.. marks.People];
        _accounts = [.. marks.Accounts];
        _words = [.. marks.Words];
        _names = [.. marks.Names];
        _texts = [.. marks.Texts];
        _places = [.. marks.Places];
        AskedAddresses = [.. marks.AskedAddresses.Select(Mailbox.Parse).OfType<Mailbox>()];
    }

    /// <summary>The request.</summary>
    public string Id { get; }

    /// <inheritdoc cref="ErasureRequest.SilentSince"/>
    public DateTimeOffset? SilentSince { get; }

    /// <summary>True once something new was heard of who was silent: the request ends, and what is new stays.</summary>
    public bool CameBack { get; set; }

    public IReadOnlyCollection<string> People => _people;

    public IReadOnlyCollection<string> Accounts => _accounts;

    public IReadOnlyList<Mailbox> AskedAddresses { get; }

    public IReadOnlyCollection<string> Words => _words;

    public IReadOnlyCollection<string> Names => _names;

    public IReadOnlyCollection<string> Texts => _texts;

    public IReadOnlyCollection<string> Places => _places;

    public IEnumerable<Mailbox> Addresses => _words.Select(Mailbox.Parse).OfType<Mailbox>().Concat(AskedAddresses).Distinct();

    /// <summary>True when something was learnt that the request does not hold yet.</summary>
    public bool HasNews { get; private set; }

    /// <summary>Removed or mended since it was asked last.</summary>
    public int Removed { get; set; }

    /// <summary>What cannot be mended, in words that name nobody.</summary>
    public string? Problem { get; set; }

    public void Learn(PersonKey person)
    {
        HasNews |= _people.Add(person.Value);
        LearnWord(person.ProvisionalId);
    }

    /// <summary>They were in this account.</summary>
    public void LearnPlace(AccountKey account) => HasNews |= _places.Add(account.Value);

    public void Learn(AccountKey account) => HasNews |= _accounts.Add(account.Value);

    public void Learn(PersonState person)
    {
        Learn(person.Key);
        LearnWord(person.UserId);
        LearnWord(person.AnonymousId);
        if (person.Profile[Traits.Name] is { } name && !string.IsNullOrWhiteSpace(name))
            HasNews |= _names.Add(name.Trim());
        foreach (var mailbox in PersonFinder.AddressesOf(person))
            LearnWord(mailbox.Address);
        foreach (var field in person.Profile.Fields.Values.Where(field => Mailbox.Parse(field.Value) is not null))
            LearnWord(field.Value);
    }

    /// <summary>What people of this request wrote in an account.</summary>
    public void LearnTexts(AccountState account)
    {
        bool isWhole = _accounts.Contains(account.Key.Value);
        foreach (var answer in account.Feedback.Answers.Where(answer => isWhole || _people.Contains(answer.Person)))
            LearnText(answer.Comment);
        foreach (var ticket in account.Tickets.All.Where(ticket => isWhole || _people.Contains(ticket.Person ?? "")))
            LearnText(ticket.Text);
    }

    public void LearnWord(string? word)
    {
        if (!string.IsNullOrWhiteSpace(word))
            HasNews |= _words.Add(word.Trim());
    }

    /// <summary>Deletes a row of theirs: of who may come back only the version that was looked at.</summary>
    public EntityOperation Delete(Entity row) =>
        SilentSince is null ? EntityOperation.Delete(row.RowKey) : EntityOperation.Delete(row.RowKey, row.ETag);

    /// <summary>As it is kept with the request; nothing is news then.</summary>
    public ErasureMarks Keep()
    {
        HasNews = false;
        return new ErasureMarks
        {
            People = [.. _people],
            Accounts = [.. _accounts],
            AskedAddresses = [.. AskedAddresses.Select(mailbox => mailbox.Address)],
            Words = [.. _words],
            Names = [.. _names],
            Texts = [.. _texts],
            Places = [.. _places],
        };
    }

    /// <summary>What is remembered of them for good, as keyed hashes; nothing of who may come back.</summary>
    public IEnumerable<string> Remembered =>
        SilentSince is null ? _people.Concat(_accounts).Concat(Addresses.Select(mailbox => mailbox.Identity)) : [];

    private void LearnText(string? text)
    {
        if (!string.IsNullOrWhiteSpace(text) && _texts.Sum(known => known.Length) < MostTextChars)
            HasNews |= _texts.Add(text);
    }
}
