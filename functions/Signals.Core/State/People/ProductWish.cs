using Signals.Core.Model;
using Signals.Core.Platform.Languages;

namespace Signals.Core.State.People;

/// <summary>
/// One thing that the product said of whether a person wants mail: a trait, the latest event of the kind, or a category of consent. Each is
/// taken back only by a later word of the same, and none undoes what the person said by a link of their own.
/// </summary>
/// <param name="Source">Which it is, the same for every account of the person.</param>
/// <param name="Words">What it says.</param>
/// <param name="IsRefusal">True: no mail.</param>
/// <param name="Said">When, by the event that said it.</param>
public sealed record ProductWish(string Source, string Words, bool IsRefusal, Stamped Said)
{
    /// <summary>Kept among the traits: "true" since an event said that the person opted out.</summary>
    public const string EventField = "~optout";

    private const string ConsentField = "~consent.";

    /// <summary>Where the word of a trait is kept that says whether anything is to be kept.</summary>
    public static string UnrecordedField(string trait) => "~unrecorded." + PlainName.Of(trait);

    /// <summary>Where the word on a category is kept: "false" where it was refused.</summary>
    public static string FieldOf(string category) => ConsentField + PlainName.Of(category);

    /// <summary>All that the product said of a person, and still says.</summary>
    public static IEnumerable<ProductWish> Of(PersonState person, OptOutDefinition optOut)
    {
        var fields = person.Profile.Fields;
        foreach (var trait in optOut.Traits)
        {
            if (fields.TryGetValue(trait.Name, out var said))
                yield return new ProductWish(
                    PlainName.Of(trait.Name),
                    $"the person's trait {trait.Name} is {said.Value}",
                    trait.IsRefusal(said.Value),
                    said
                );
        }
        if (fields.TryGetValue(EventField, out var told))
            yield return new ProductWish(EventField, "the person opted out in the product", told.Value == "true", told);
        foreach (string category in optOut.Categories)
        {
            if (fields.TryGetValue(FieldOf(category), out var consent))
                yield return new ProductWish(
                    FieldOf(category),
                    $"the person refused the category {category}",
                    consent.Value == "false",
                    consent
                );
        }
    }

    /// <summary>Why the product says that the person wants no mail; null where it does not.</summary>
    public static ProductWish? RefusalOf(PersonState person, OptOutDefinition optOut) =>
        Of(person, optOut).FirstOrDefault(wish => wish.IsRefusal);
}
