using System.Buffers;
using Signals.Core.Daily.PersonFiles;
using Signals.Core.Platform.Addresses;
using Signals.Core.Response.Outreach;
using Signals.Core.State.People;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Recognises everybody who is to be erased, whatever it is that names them: keys, ids, addresses, names, words they wrote.
/// </summary>
internal sealed class ErasureSubjects
{
    /// <summary>Stands where something was.</summary>
    public const string Blank = "…";

    /// <summary>A shorter id is a word like others: within texts it counts only where its person was.</summary>
    private const int TellingIdChars = 8;

    /// <summary>Shorter words are not looked for within texts at all.</summary>
    private const int LeastWordChars = 4;

    private readonly Dictionary<string, ErasureSubject> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ErasureSubject> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ErasureSubject> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<Mailbox, ErasureSubject> _asked = [];
    private readonly Dictionary<Mailbox, ErasureSubject> _addresses = [];
    private readonly Dictionary<string, ErasureSubject> _telling = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<LocalMarks>> _places = new(StringComparer.Ordinal);
    private readonly List<LocalMarks> _everywhere = [];
    private readonly Dictionary<ErasureSubject, LocalMarks> _local = [];
    private SearchValues<string> _needles = SearchValues.Create([], StringComparison.OrdinalIgnoreCase);

    public ErasureSubjects(IReadOnlyList<ErasureSubject> all)
    {
        All = all;
        Index();
    }

    public IReadOnlyList<ErasureSubject> All { get; }

    /// <summary>Takes in what the subjects have learnt.</summary>
    public void Index()
    {
        _places.Clear();
        _everywhere.Clear();
        foreach (var subject in All)
        {
            foreach (string person in subject.People)
                (_people[person], _accounts[person]) = (subject, subject);
            foreach (string account in subject.Accounts)
                _accounts[account] = subject;
            foreach (var mailbox in subject.AskedAddresses)
                _asked[mailbox] = subject;
            foreach (var mailbox in subject.Addresses)
                _addresses[mailbox] = subject;
            foreach (string word in subject.Words)
            {
                _ids.TryAdd(word, subject);
                if (IsTelling(word))
                    _telling.TryAdd(word, subject);
            }
            if (!_local.TryGetValue(subject, out var local) || local.Version != LocalMarks.VersionOf(subject))
                _local[subject] = local = new LocalMarks(subject);
            _everywhere.Add(local);
            foreach (string place in subject.Places.Concat(subject.Accounts))
            {
                if (!_places.TryGetValue(place, out var here))
                    _places[place] = here = [];
                here.Add(local);
            }
        }
        _needles = SearchValues.Create([.. _telling.Keys], StringComparison.OrdinalIgnoreCase);
    }

    public ErasureSubject? OfPerson(string? key) => key is null ? null : _people.GetValueOrDefault(key);

    /// <summary>Whose account goes as a whole: a person's own, or one that is erased itself.</summary>
    public ErasureSubject? OfAccount(string? key) => key is null ? null : _accounts.GetValueOrDefault(key);

    /// <summary>Whose id, as the product writes it, or address a text is as a whole.</summary>
    public ErasureSubject? OfWord(string? text) =>
        text is null ? null
        : _ids.GetValueOrDefault(text) is { } subject ? subject
        : Mailbox.Parse(text) is { } mailbox ? _addresses.GetValueOrDefault(mailbox)
        : null;

    /// <summary>Who is asked for by an address that a person has.</summary>
    public ErasureSubject? AskedBy(PersonState person) =>
        _asked.Count == 0
            ? null
            : PersonFinder.AddressesOf(person).Select(_asked.GetValueOrDefault).FirstOrDefault(found => found is not null);

    /// <summary>Who is named by a part of a key: an account's or person's key, or the id of an outreach.</summary>
    public ErasureSubject? OfKey(string key)
    {
        foreach (string part in key.Split(':', '|'))
        {
            if (OfAccount(part) is { } subject)
                return subject;
            if (OutreachId.Parse(part) is { } id && OfAccount(id.Account.Value) is { } planned)
                return planned;
        }
        return null;
    }

    /// <summary>
    /// A text without what names or quotes anybody, and whom it named; the subject is null where there was nothing. Names, short ids and
    /// quotes count in the accounts that their people were in.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="place">The account it is about; null for none, <see cref="AnyPlace"/> for one of all.</param>
    public (string Text, ErasureSubject? Subject) Without(string text, string? place)
    {
        if (text.Length < LeastWordChars)
            return (text, null);
        if (OfPerson(text) is { } whole)
            return (Blank, whole);
        ErasureSubject? found = null;
        if (text.AsSpan().ContainsAny(_needles))
        {
            foreach (var (word, subject) in _telling)
                Blot(ref text, word, subject, ref found);
        }
        foreach (var local in Here(place))
        {
            if (local.Quotes.Find(text) is { } quoted)
                return (Blank, quoted);
            foreach (string word in local.Words)
                Blot(ref text, word, local.Subject, ref found);
        }
        return (text, found);
    }

    /// <summary>Stands for every account: digests tell of all of them.</summary>
    public const string AnyPlace = "*";

    private IReadOnlyList<LocalMarks> Here(string? place) =>
        place switch
        {
            null => [],
            AnyPlace => _everywhere,
            _ => _places.GetValueOrDefault(place) ?? (IReadOnlyList<LocalMarks>)[],
        };

    /// <summary>A word counts where it stands as a whole, and not as a part of a longer one.</summary>
    private static void Blot(ref string text, string word, ErasureSubject subject, ref ErasureSubject? found)
    {
        for (int at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; )
        {
            int end = at + word.Length;
            if ((at > 0 && char.IsLetterOrDigit(text[at - 1])) || (end < text.Length && char.IsLetterOrDigit(text[end])))
            {
                at++;
                continue;
            }
            found = subject;
            text = string.Concat(text.AsSpan(0, at), Blank, text.AsSpan(end));
        }
    }

    /// <summary>True for what is nobody else's word: an address, or a long id that is more than letters.</summary>
    private static bool IsTelling(string word) =>
        word.Length >= TellingIdChars && (!word.All(char.IsLetter) || Mailbox.Parse(word) is not null);

    /// <summary>What names or quotes a subject in the accounts that they were in.</summary>
    private sealed class LocalMarks
    {
        public LocalMarks(ErasureSubject subject)
        {
            Subject = subject;
            Version = VersionOf(subject);
            Words = [.. subject.Names.Concat(subject.Words.Where(word => !IsTelling(word))).Where(word => word.Length >= LeastWordChars)];
            foreach (string text in subject.Texts)
                Quotes.Add(text, subject);
        }

        public ErasureSubject Subject { get; }

        public int Version { get; }

        /// <summary>A subject only ever learns more.</summary>
        public static int VersionOf(ErasureSubject subject) => subject.Names.Count + subject.Words.Count + subject.Texts.Count;

        public IReadOnlyList<string> Words { get; }

        public QuoteIndex Quotes { get; } = new();
    }
}
