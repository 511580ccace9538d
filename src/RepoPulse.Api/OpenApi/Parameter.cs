using Microsoft.OpenApi;

namespace RepoPulse.Api.OpenApi;

/// <summary>A parameter as the document describes it.</summary>
/// <param name="Repeatable">Whether it may be given several times.</param>
internal sealed record Parameter(string Name, ParameterLocation In, string Description, Func<OpenApiSchema> Schema, bool Repeatable = false)
{
    public OpenApiParameter Describe() => new()
    {
        Name = Name,
        In = In,
        Description = Description,
        Required = In == ParameterLocation.Path,
        Explode = In == ParameterLocation.Query,
        Schema = Repeatable ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Schema() } : Schema(),
    };
}
