using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.Adoption;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Web.Api;
using Signals.Web.Csv;

namespace Signals.Web.Dashboard.Features;

/// <summary>Adoption of every feature, over all accounts and by segment, as a file.</summary>
internal sealed class FeaturesDownload(MeasurePass pass, ValueModel model) : IDashboardDownload
{
    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        var by = SegmentKinds.Parse(Query.OneOf(request.Http, "by", SegmentKinds.Names)) ?? SegmentKind.Plan;
        var measures = await pass.ReadAsync(request.Cancellation);
        var segments = await pass.ReadAsync(by, request.Cancellation);
        await using var file = await CsvFile.BeginAsync(
            response,
            "features",
            reader.Language,
            SegmentWords.Kind(reader, by),
            reader.Say("feature", "fonction"),
            reader.Say("accounts whose plan has it", "comptes dont l’offre la contient"),
            reader.Say("used it in 30 days", "l’ont utilisée en 30 jours"),
            reader.Say("breadth", "étendue"),
            reader.Say("low", "bas"),
            reader.Say("high", "haut"),
            reader.Say("ever used it", "l’ont déjà utilisée"),
            reader.Say("uses an account", "usages par compte"),
            reader.Say("median days of use", "jours d’usage médians"),
            reader.Say("days until half adopted", "jours jusqu’à la moitié"),
            reader.Say("adopted within 30 days", "adoptée en 30 jours"),
            reader.Say("days until half stopped", "jours jusqu’à l’arrêt de la moitié"),
            reader.Say("kept after 90 days", "gardée après 90 jours")
        );
        await WriteAsync(file, reader, reader.Say("all", "tous"), measures?.Features ?? []);
        foreach (var segment in SegmentWords.InOrder(segments))
            await WriteAsync(file, reader, SegmentWords.Name(reader, by, segment.Value), segment.Features);
    }

    private async Task WriteAsync(CsvFile file, Reader reader, string segment, IReadOnlyList<FeatureMeasure> measures)
    {
        foreach (var measure in measures)
        {
            await file.RowAsync(
                segment,
                model.Features.FirstOrDefault(feature => feature.Id == measure.Id)?.Name.In(reader.Language) ?? measure.Id,
                measure.Breadth.Of,
                measure.Breadth.Count,
                measure.Breadth.Share,
                measure.Breadth.Low,
                measure.Breadth.High,
                measure.Ever.Count,
                measure.UsesPerAccount,
                measure.DaysPerAccount,
                measure.DaysToAdopt,
                measure.AdoptedWithin30,
                measure.DaysKept,
                measure.KeptAfter90
            );
        }
    }
}
