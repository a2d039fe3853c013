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
            reader.Say("feature"),
            reader.Say("accounts whose plan has it"),
            reader.Say("used it in 30 days"),
            reader.Say("breadth"),
            reader.Say("low"),
            reader.Say("high"),
            reader.Say("ever used it"),
            reader.Say("uses an account"),
            reader.Say("median days of use"),
            reader.Say("days until half adopted"),
            reader.Say("adopted within 30 days"),
            reader.Say("days until half stopped"),
            reader.Say("kept after 90 days")
        );
        await WriteAsync(file, reader, reader.Say("all"), measures?.Features ?? []);
        foreach (var segment in SegmentWords.InOrder(segments))
            await WriteAsync(file, reader, SegmentWords.Name(reader, model, by, segment.Value), segment.Features);
    }

    private async Task WriteAsync(CsvFile file, Reader reader, string segment, IReadOnlyList<FeatureMeasure> measures)
    {
        foreach (var measure in measures)
        {
            await file.RowAsync(
                segment,
                model.FeatureOf(measure.Id)?.Name.In(reader.Language) ?? measure.Id,
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
